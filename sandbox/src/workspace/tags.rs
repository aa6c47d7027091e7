use super::{Problem, What, Workspace};
use serde::{Deserialize, Serialize};

/// A tag of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// The tag's number.
    pub id: u64,
    /// Its name; no two tags share one.
    pub name: String,
}

impl Workspace {
    /// Creates a tag.
    pub fn create_tag(&mut self, name: &str) -> Result<&Tag, Problem> {
        if self.index.tags.contains_key(name) {
            return Err(Problem::TagTaken);
        }
        let id = self.tag_named(name);
        Ok(&self.tags[&id])
    }

    /// Renames a tag, on every contact that has it.
    pub fn rename_tag(&mut self, id: u64, name: &str) -> Result<(), Problem> {
        let tag = self.tags.get_mut(&id).ok_or(Problem::NoTag)?;
        if self.index.tags.get(name).is_some_and(|&other| other != id) {
            return Err(Problem::TagTaken);
        }
        self.index.tags.remove(&tag.name);
        self.index.tags.insert(name.into(), id);
        tag.name = name.into();
        Ok(())
    }

    /// Deletes a tag and takes it off every contact.
    pub fn delete_tag(&mut self, id: u64) -> Result<(), Problem> {
        let tag = self.tags.remove(&id).ok_or(Problem::NoTag)?;
        self.index.tags.remove(&tag.name);
        for contact in self.contacts.values_mut() {
            contact.tags.retain(|&other| other != id);
        }
        Ok(())
    }

    /// Puts tags on a contact; those that the workspace lacks are created.
    pub fn add_tags(&mut self, contact: u64, names: &[String]) -> Result<(), Problem> {
        self.contact_mut(contact)?;
        let ids: Vec<u64> = names.iter().map(|name| self.tag_named(name)).collect();
        for id in ids {
            let tags = &mut self.contact_mut(contact)?.tags;
            if !tags.contains(&id) {
                tags.push(id);
                self.record(contact, What::TagAdded(id));
            }
        }
        Ok(())
    }

    /// Takes tags off a contact; those that it does not have are passed over.
    pub fn remove_tags(&mut self, contact: u64, names: &[String]) -> Result<(), Problem> {
        let ids: Vec<u64> = names.iter().filter_map(|name| self.index.tags.get(name).copied()).collect();
        let tags = &mut self.contact_mut(contact)?.tags;
        let (removed, kept) = std::mem::take(tags).into_iter().partition(|id| ids.contains(id));
        *tags = kept;
        removed.into_iter().for_each(|id: u64| self.record(contact, What::TagRemoved(id)));
        Ok(())
    }

    fn tag_named(&mut self, name: &str) -> u64 {
        if let Some(&id) = self.index.tags.get(name) {
            return id;
        }
        let id = self.next.tag;
        self.next.tag += 1;
        self.index.tags.insert(name.into(), id);
        self.tags.insert(id, Tag { id, name: name.into() });
        id
    }
}
