use super::{Problem, What, Workspace};
use serde::{Deserialize, Serialize};

/// A tag of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tag {
    /// The tag's number.
    pub id: u64,
    /// Its name; no two tags share one.
    pub name: String,
    /// How else it is described.
    #[serde(flatten)]
    pub details: TagDetails,
}

/// What a tag has beside its name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagDetails {
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its emoji.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
    /// Its colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
}

impl TagDetails {
    /// These details, with what they lack taken from `other`.
    pub fn or(self, other: TagDetails) -> TagDetails {
        TagDetails {
            description: self.description.or(other.description),
            emoji: self.emoji.or(other.emoji),
            color: self.color.or(other.color),
        }
    }
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

    /// The number of the tag with this name.
    pub fn tag_id(&self, name: &str) -> Result<u64, Problem> {
        self.index.tags.get(name).copied().ok_or(Problem::NoTag)
    }

    /// Describes a tag; what the details lack stays as it is.
    pub fn describe_tag(&mut self, id: u64, details: TagDetails) -> Result<&Tag, Problem> {
        let tag = self.tags.get_mut(&id).ok_or(Problem::NoTag)?;
        tag.details = details.or(std::mem::take(&mut tag.details));
        Ok(tag)
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
        self.tags.insert(id, Tag { id, name: name.into(), details: TagDetails::default() });
        id
    }
}
