//! What the columns of a table are, as a table and as a data package.

use serde_json::{Value, json};

use super::{Column, Columns, Field, Row};

/// The columns of a table that says what the columns of another are.
pub static DESCRIPTION: &[Column<Field>] = &[
    Column::text("name", "The name of the column", |field| field.name().into()),
    Column::text("type", "What its cells hold: string, integer, number, date, boolean or list", |field| {
        field.kind().name().into()
    }),
    Column::text("unit", "In what its numbers count", |field| field.unit().into()),
    Column::text("description", "What it holds", |field| field.about().into()),
];

impl Row for Field {
    type At<'p> = Field;
}

impl Columns {
    /// The description of a table of this `name` as a data package with one resource, `NAME.csv`
    /// (<https://datapackage.org/standard/table-schema/>), for programs that check or load tables by it.
    pub fn data_package(&self, name: &str) -> String {
        let fields = schema(self.described());
        let resource = json!({ "name": name, "type": "table", "path": format!("{name}.csv"), "schema": { "fields": fields } });
        format!("{:#}\n", json!({ "name": name, "resources": [resource] }))
    }
}

/// The fields of a table schema.
pub(super) fn schema<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Value {
    fields.into_iter().map(describe).collect()
}

fn describe(field: &Field) -> Value {
    let mut described =
        json!({ "name": field.name(), "type": field.kind().name(), "description": field.about() });
    if let Some(unit) = field.unit() {
        described["unit"] = unit.into();
    }
    described
}
