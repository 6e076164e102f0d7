//! `Data` of arrays and maps.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::data::{Checks, Data};
use crate::json::{Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::value::tree;

impl<T: Data> Data for Vec<T> {
    const CHECKS: Checks = Checks::ARRAY;

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        let start = reader.offset();
        reader.begin_array()?;
        let (mut first, mut elements) = (true, Self::new());
        while reader.next_element(&mut first)? {
            elements.push(T::read(reader, &Rules::NONE)?);
        }
        rules.check_items(elements.len()).map_err(|refusal| refusal.at(start))?;
        if rules.unique_items && !tree::has_distinct_elements(&reader.text()[start..]) {
            return Err(repeated().at(start));
        }
        Ok(elements)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, _: &Rules) {
        writer.begin_array();
        for element in self {
            writer.element();
            element.write(writer, &Rules::NONE);
        }
        writer.end_array();
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        for (index, element) in self.iter().enumerate() {
            element.check(&Rules::NONE).map_err(|refusal| refusal.within(index))?;
        }
        rules.check_items(self.len())?;
        if rules.unique_items {
            let mut writer = Writer::with_capacity(self.len() * 40);
            self.write(&mut writer, rules);
            if !tree::has_distinct_elements(writer.as_str()) {
                return Err(repeated());
            }
        }
        Ok(())
    }
}

#[cold]
fn repeated() -> Refusal {
    Refusal::new("uniqueItems", "no element twice")
}

impl<T: Data> Data for BTreeMap<String, T> {
    const CHECKS: Checks = Checks::OBJECT;

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        let mut members = reader.begin_object()?;
        let mut map = Self::new();
        while let Some(name) = reader.next_member(&mut members)? {
            match map.entry(name.into_owned()) {
                Entry::Occupied(_) => return Err(Refusal::duplicate(reader.offset())),
                Entry::Vacant(place) => place.insert(T::read(reader, &Rules::NONE)?),
            };
        }
        rules.check_properties(map.len()).map_err(|refusal| refusal.at(members.start()))?;
        Ok(map)
    }

    #[inline]
    fn write(&self, writer: &mut Writer, _: &Rules) {
        writer.begin_object();
        for (name, value) in self {
            writer.key(name);
            value.write(writer, &Rules::NONE);
        }
        writer.end_object();
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        for (name, value) in self {
            value.check(&Rules::NONE).map_err(|refusal| refusal.within(name))?;
        }
        rules.check_properties(self.len())
    }
}
