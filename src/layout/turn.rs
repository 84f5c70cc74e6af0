//! Text that is set from top to bottom, its columns of characters from right to left.

use crate::source::{Area, Piece, Placement};

/// A piece of several characters is upright where it is that much higher than wide.
const UPRIGHT: f32 = 1.5;

/// True where most of the text stands upright.
pub(super) fn is_vertical(pieces: &[Piece]) -> bool {
    let (mut upright, mut lying) = (0, 0);
    for piece in pieces {
        let characters = piece.text.chars().count();
        // A single character is as high as it is wide.
        if characters < 3 {
            continue;
        }
        let is_upright = piece.area.height > piece.area.width * UPRIGHT;
        *if is_upright { &mut upright } else { &mut lying } += characters;
    }
    upright > lying
}

/// The page turned, so that what is read from top to bottom is read from left to right.
pub(super) fn to_horizontal(mut pieces: Vec<Piece>, extent: Area) -> Vec<Piece> {
    for piece in &mut pieces {
        let Area { y, width, height, .. } = piece.area;
        piece.area = Area { x: y, y: extent.right() - piece.area.right(), width: height, height: width };
    }
    pieces
}

/// A place on the page as it was before it was turned.
pub(super) fn back(placement: &mut Placement, extent: Area) {
    if placement.sheet > 0 {
        let Area { x, y, width, height } = placement.area;
        placement.area = Area { x: extent.right() - y - height, y: x, width: height, height: width };
    }
}
