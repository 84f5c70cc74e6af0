//! What a decision over lines has learnt: a model that weighs its facts, and the numbers of these.

use std::fmt::Debug;

use crate::chain::{self, Example, Facts, Model, Names, Options};
use crate::error::Result;
use crate::packed::PackedWeights;

/// A decision by a linear chain ([`crate::chain`]).
pub(super) trait Decision: Debug + Clone {
    /// What a line may be or do, in the order of the model's states.
    fn states() -> Vec<String>;
    /// Every fact by its name, with what it says of a line.
    fn facts() -> impl Iterator<Item = (&'static str, &'static str)>;
    /// The numbers of the facts that it weighs.
    type Numbers: Debug + Clone;
    /// The numbers that `names` gives to every fact.
    fn numbers(names: &mut impl Names) -> Self::Numbers;
    /// True where the state `to` can never follow `from`; none is an edge of the page.
    fn is_forbidden(from: Option<usize>, to: Option<usize>) -> bool;
}

/// A decision with its weights.
#[derive(Debug, Clone)]
pub(super) struct Learnt<D: Decision> {
    pub(super) model: Model,
    pub(super) numbers: D::Numbers,
}

impl<D: Decision> Learnt<D> {
    /// One that has learnt nothing, to be taught.
    pub(super) fn blank() -> Self {
        Self::with(Model::new(D::states(), Facts::default()))
    }

    /// One with the weights of a table.
    ///
    /// # Errors
    /// Where the table is none of weights.
    pub(super) fn from_tsv(table: &[u8]) -> Result<Self> {
        Ok(Self::with(Model::from_tsv(D::states(), table)?))
    }

    fn with(mut model: Model) -> Self {
        let numbers = D::numbers(model.facts_mut());
        Self { model: model.forbid(D::is_forbidden), numbers }
    }

    /// One with weights that `build.rs` packed; none where they are those of another decision.
    pub(super) fn unpack(packed: PackedWeights) -> Option<Self> {
        let (model, mut facts) = Model::unpack(D::states(), packed, D::is_forbidden)?;
        Some(Self { model, numbers: D::numbers(&mut facts) })
    }

    /// The same with weights learnt from `examples`.
    ///
    /// # Errors
    /// Where an example was made with other facts.
    pub(super) fn fit(&self, examples: &[Example], options: &Options) -> Result<Self> {
        Ok(Self { model: chain::fit(&self.model, examples, options)?.model, ..self.clone() })
    }

    /// The weights as a table.
    pub(super) fn to_tsv(&self) -> String {
        self.model.to_tsv()
    }
}
