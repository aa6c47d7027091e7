use super::{FieldValue, Problem, Profile, Workspace};

/// A field of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// The given name.
    FirstName,
    /// The family name.
    LastName,
    /// The email.
    Email,
    /// The phone number.
    Phone,
    /// The language.
    Language,
    /// The address of the profile picture.
    ProfilePic,
    /// The country.
    CountryCode,
}

impl Profile {
    /// What it has for a field.
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        match attribute {
            Attribute::FirstName => self.first_name.as_deref(),
            Attribute::LastName => self.last_name.as_deref(),
            Attribute::Email => self.email.as_deref(),
            Attribute::Phone => self.phone.as_deref(),
            Attribute::Language => self.language.as_deref(),
            Attribute::ProfilePic => self.profile_pic.as_deref(),
            Attribute::CountryCode => self.country_code.as_deref(),
        }
    }

    fn empty(&mut self, attribute: Attribute) {
        let field = match attribute {
            Attribute::FirstName => &mut self.first_name,
            Attribute::LastName => &mut self.last_name,
            Attribute::Email => &mut self.email,
            Attribute::Phone => &mut self.phone,
            Attribute::Language => &mut self.language,
            Attribute::ProfilePic => &mut self.profile_pic,
            Attribute::CountryCode => &mut self.country_code,
        };
        *field = None;
    }
}

/// What is to change of a contact; whatever is not in it stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The fields to set.
    pub profile: Profile,
    /// The fields to empty.
    pub emptied: Vec<Attribute>,
    /// The values of custom fields to set, each a name and a value.
    pub values: Vec<(String, String)>,
    /// The names of the custom fields to empty.
    pub emptied_values: Vec<String>,
}

/// An edit whose custom fields and values were found to be right.
pub(super) struct CheckedEdit {
    profile: Profile,
    emptied: Vec<Attribute>,
    pub(super) values: Vec<FieldValue>,
    emptied_values: Vec<u64>,
}

impl CheckedEdit {
    /// Changes a contact's profile and values.
    pub(super) fn apply(self, profile: &mut Profile, values: &mut Vec<FieldValue>) {
        self.emptied.into_iter().for_each(|attribute| profile.empty(attribute));
        *profile = self.profile.or(std::mem::take(profile));
        values.retain(|value| !self.emptied_values.contains(&value.field));
        for value in self.values {
            match values.iter_mut().find(|other| other.field == value.field) {
                Some(other) => *other = value,
                None => values.push(value),
            }
        }
    }
}

impl Workspace {
    /// Checks an edit; its email and phone number may be those of the contacts `owners`.
    pub(super) fn checked(&self, edit: Edit, owners: &[u64]) -> Result<CheckedEdit, Problem> {
        self.check_profile(owners, &edit.profile)?;
        let number = |name: &String| self.field_named(name).map(|field| field.id);
        Ok(CheckedEdit {
            profile: edit.profile,
            emptied: edit.emptied,
            values: self.checked_values(&edit.values)?,
            emptied_values: edit.emptied_values.iter().map(number).collect::<Result<_, _>>()?,
        })
    }
}
