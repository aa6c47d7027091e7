//! Believable contacts from a number: the same number, the same contacts.

use crate::random::Random;
use crate::refusal::Refusal;
use crate::service::Service;
use crate::workspace::{Content, FieldKind, Key, Party, Problem, Profile, Workspace};

/// How many contacts one command makes at most.
pub const MAX_SEED_COUNT: u32 = 100_000;

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// People of one language and country: given names, family names, telephone prefix.
struct People {
    language: &'static str,
    country: &'static str,
    prefix: &'static str,
    given: &'static [&'static str],
    family: &'static [&'static str],
}

const PEOPLE: &[People] = &[
    People {
        language: "ms",
        country: "MY",
        prefix: "+601",
        given: &["Aida", "Farid", "Nurul", "Hafiz", "Siti", "Amir"],
        family: &["Rahman", "Ismail", "Abdullah", "Osman", "Yusof"],
    },
    People {
        language: "en",
        country: "GB",
        prefix: "+447",
        given: &["Olivia", "George", "Amelia", "Harry", "Isla", "Noah"],
        family: &["Smith", "O'Brien", "Taylor", "Davies", "Wilson-Clarke"],
    },
    People {
        language: "es",
        country: "MX",
        prefix: "+5215",
        given: &["José", "María", "Íñigo", "Lucía", "Andrés", "Sofía"],
        family: &["García", "Muñoz", "Hernández", "Núñez", "López"],
    },
    People {
        language: "de",
        country: "DE",
        prefix: "+4915",
        given: &["Jürgen", "Käthe", "Lukas", "Mia", "Björn", "Zoë"],
        family: &["Müller", "Groß", "Schäfer", "Köhler", "Weiß"],
    },
    People {
        language: "zh",
        country: "SG",
        prefix: "+659",
        given: &["伟", "芳", "娜", "敏", "静", "秀英"],
        family: &["王", "李", "张", "陈", "林"],
    },
    People {
        language: "ar",
        country: "AE",
        prefix: "+9715",
        given: &["محمد", "فاطمة", "عمر", "ليلى", "يوسف"],
        family: &["الهاشمي", "المنصوري", "حداد", "نصر"],
    },
    People {
        language: "vi",
        country: "VN",
        prefix: "+849",
        given: &["Nguyệt", "Đức", "Hương", "Tuấn", "Thảo"],
        family: &["Nguyễn", "Trần", "Phạm", "Đặng", "Võ"],
    },
    People {
        language: "hi",
        country: "IN",
        prefix: "+919",
        given: &["आरव", "दिया", "अर्जुन", "प्रिया"],
        family: &["शर्मा", "वर्मा", "पटेल", "सिंह"],
    },
];

const STAGES: &[&str] = &["New Lead", "Hot Lead", "Payment", "Customer", "Cold Lead"];
const TAGS: &[&str] = &["vip", "newsletter", "wholesale", "returning", "événement", "2026"];
const AGENTS: &[&str] = &["email:agent@example.com", "email:ai@example.com", "email:lead@example.com"];
const PLANS: &[&str] = &["free", "team", "business"];
const DOMAINS: &[&str] = &["example.com", "example.org", "example.net"];
const QUESTIONS: &[&str] = &["Hello!", "Is this still available?", "Where is my order? 📦", "¿Hablan español?", "谢谢"];
const ANSWERS: &[&str] = &["Hi, how can we help?", "It is on its way.", "Yes, it is.", "Gladly 🙂"];

impl Service {
    /// Makes up contacts with names, emails, phone numbers, tags, custom fields, conversations and messages; gives how
    /// many. The same number `seed` on the same workspace makes the same contacts.
    pub fn seed(&mut self, count: u32, seed: u64, real_ms: i64) -> Result<u64, Refusal> {
        if count > MAX_SEED_COUNT {
            return Err(Refusal::bad_request(format!("count must be at most {MAX_SEED_COUNT}")));
        }
        let mut seeder =
            Seeder { now: self.clock.now(real_ms), workspace: &mut self.workspace, random: Random::new(seed) };
        seeder.fields()?;
        for _ in 0..count {
            seeder.contact()?;
        }
        Ok(count.into())
    }
}

struct Seeder<'a> {
    workspace: &'a mut Workspace,
    random: Random,
    now: i64,
}

impl Seeder<'_> {
    fn fields(&mut self) -> Result<(), Problem> {
        let plans: Vec<String> = PLANS.iter().map(|plan| plan.to_string()).collect();
        let fields = [
            ("plan", FieldKind::List, plans),
            ("seats", FieldKind::Number, vec![]),
            ("renewal", FieldKind::Date, vec![]),
            ("newsletter", FieldKind::Checkbox, vec![]),
            ("company", FieldKind::Text, vec![]),
        ];
        for (name, kind, options) in fields {
            match self.workspace.create_field(name, kind, options) {
                Ok(_) | Err(Problem::FieldTaken) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }

    fn contact(&mut self) -> Result<(), Problem> {
        let number = self.workspace.next.contact;
        let people = self.random.pick(PEOPLE);
        let profile = self.profile(number, people);
        let values = self.values();
        let created = self.now - self.random.below(700) as i64 * DAY_MS - self.random.below(DAY_MS as usize) as i64;
        // A field that the workspace had before may take other values than those made up here.
        let id = match self.workspace.create(profile.clone(), &values, created) {
            Err(Problem::FieldValue { .. }) => self.workspace.create(profile, &[], created)?.id,
            created => created?.id,
        };
        let stage = self.random.pick(STAGES).to_string();
        if let Some(contact) = self.workspace.contacts.get_mut(&id) {
            contact.stage = Some(stage);
        }
        let tags: Vec<String> = TAGS.iter().filter(|_| self.random.chance(20)).map(|tag| tag.to_string()).collect();
        self.workspace.add_tags(id, &tags)?;
        self.reach(id)?;
        if self.random.chance(60) {
            self.conversation(id)?;
        }
        Ok(())
    }

    fn profile(&mut self, number: u64, people: &People) -> Profile {
        let (given, family) = (*self.random.pick(people.given), *self.random.pick(people.family));
        let domain = *self.random.pick(DOMAINS);
        let name = if given.is_ascii() { given.to_lowercase() } else { people.language.into() };
        let email = format!("{name}.{number}@{domain}");
        // A prime bound keeps the numbers apart: no two of the first hundred million contacts share one.
        let phone = format!("{}{:08}", people.prefix, number.wrapping_mul(48_271) % 99_999_989);
        let (has_email, has_phone) = (self.random.chance(90), self.random.chance(80));
        let is_free = |key: Key| self.workspace.find(key).is_err();
        Profile {
            first_name: Some(given.into()),
            last_name: Some(family.into()),
            email: Some(email).filter(|email| has_email && is_free(Key::Email(email))),
            phone: Some(phone).filter(|phone| has_phone && is_free(Key::Phone(phone))),
            language: Some(people.language.into()),
            profile_pic: self.random.chance(30).then(|| format!("https://pictures.example.com/{number}.png")),
            country_code: Some(people.country.into()),
        }
    }

    fn values(&mut self) -> Vec<(String, String)> {
        let mut values = vec![("plan".to_string(), self.random.pick(PLANS).to_string())];
        if self.random.chance(50) {
            values.push(("seats".into(), (1 + self.random.below(500)).to_string()));
        }
        if self.random.chance(40) {
            values.push((
                "renewal".into(),
                format!("2027-{:02}-{:02}", 1 + self.random.below(12), 1 + self.random.below(28)),
            ));
        }
        if self.random.chance(40) {
            values.push(("newsletter".into(), self.random.chance(50).to_string()));
        }
        values
    }

    /// Connects the channels that the contact's email and phone number make possible.
    fn reach(&mut self, id: u64) -> Result<(), Problem> {
        let profile = &self.workspace.find(Key::Id(id))?.profile;
        let (email, phone) = (profile.email.is_some(), profile.phone.is_some());
        let channels: Vec<(u64, String)> =
            self.workspace.channels.values().map(|channel| (channel.id, channel.source.clone())).collect();
        for (channel, source) in channels {
            let is_reached = match source.as_str() {
                "email" => email,
                "whatsapp" => phone,
                _ => self.random.chance(10),
            };
            if is_reached {
                self.workspace.connect(id, channel)?;
            }
        }
        Ok(())
    }

    fn conversation(&mut self, id: u64) -> Result<(), Problem> {
        let mut at = self.now - self.random.below(30) as i64 * DAY_MS - 60 * MINUTE_MS;
        for _ in 0..1 + self.random.below(3) {
            let question = Content::text(*self.random.pick(QUESTIONS));
            self.workspace.receive(id, None, question, at)?;
            at += MINUTE_MS * (1 + self.random.below(5) as i64);
            let answer = Content::text(*self.random.pick(ANSWERS));
            self.workspace.send(id, None, answer, at)?;
            at += MINUTE_MS;
        }
        if self.random.chance(50) {
            let agent = self.random.pick(AGENTS).to_string();
            self.workspace.assign(id, Some(agent))?;
        }
        if self.random.chance(60) {
            self.workspace.set_open(id, false, Party::User, at)?;
        }
        Ok(())
    }
}
