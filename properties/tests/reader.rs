//! Pages whose second contact is written as the first one was, but for one thing.

use respond_io_properties::reader::judge;
use respond_io_wasm::operation::{ListContacts, Operation};

const FIRST: &str = r#"{"id":7,"firstName":"Aida","email":null,"created":5,"tags":["vip"],"aVeryLongUnknownName":1,"customFields":[{"name":"Plan","value":"pro"}]}"#;

/// Whether a page of the usual contact and this one was recorded.
fn page(second: &str) -> bool {
    let body = format!(r#"{{"items":[{FIRST},{second},{FIRST}],"pagination":{{"cursorId":1}}}}"#);
    judge(ListContacts::META, body.as_bytes())
}

#[test]
fn what_is_accepted_is_recorded() {
    let values = [
        ("7", "0"),
        ("7", "2147483647"),
        ("7", "2147483648"),
        ("7", "9007199254740991"),
        ("7", "7.0"),
        ("7", "70e-1"),
        ("7", "-7"),
        ("7", "-0"),
        ("7", r#""7""#),
        ("5", "null"),
        (r#""Aida""#, r#""""#),
        (r#""Aida""#, r#""123456789012""#),
        (r#""Aida""#, r#""1234567890123""#),
        (r#""Aida""#, r#""123456789012345""#),
        (r#""Aida""#, r#""1234567890123456""#),
        (r#""Aida""#, r#""12345678901234567890123456789012""#),
        (r#""Aida""#, r#""Zoë""#),
        (r#""Aida""#, r#""a name of ASCII and then 小明""#),
        (r#""Aida""#, "\"\u{7f}\""),
        (r#""Aida""#, r#""a \"quote\"""#),
        (r#""Aida""#, r#""https:\/\/example.com\/a\/long\/path""#),
        (r#""Aida""#, r#""\u00e9""#),
        (r#""Aida""#, "null"),
        (r#""Aida""#, "5"),
        (r#"["vip"]"#, "[]"),
        (r#"["vip"]"#, "null"),
        (r#"["vip"]"#, r#"["vip","vip"]"#),
        (r#"["vip"]"#, r#"[["vip"],{"a":1}]"#),
        (r#"["vip"]"#, r#"[ "vip" ]"#),
        (r#"[{"name":"Plan","value":"pro"}]"#, "[]"),
        (r#"[{"name":"Plan","value":"pro"}]"#, r#"[{"name":"Plan"}]"#),
        (r#"[{"name":"Plan","value":"pro"}]"#, r#"[{"value":"pro","name":"Plan"}]"#),
        (r#"[{"name":"Plan","value":"pro"}]"#, r#"[{"name":"Plan","value":"pro"},5,{"name":"a","value":"b"}]"#),
        (r#"[{"name":"Plan","value":"pro"}]"#, r#"{"name":"Plan"}"#),
        (r#""aVeryLongUnknownName":1"#, r#""aVeryLongUnknownNamf":1"#),
        (r#""aVeryLongUnknownName":1"#, r#""aVeryLongUnknownName":{"a":[1,{}]}"#),
        (r#""aVeryLongUnknownName":1"#, r#""aVeryLongUnknownName":1,"more":true"#),
        (r#","aVeryLongUnknownName":1"#, ""),
        (r#""id":7,"#, ""),
        (r#""id":7,"#, r#""id":7, "#),
        (r#""id":7,"#, r#""id" :7,"#),
        (r#""id":7,"#, r#""id":8,"id":7,"#),
        (r#""id":7,"#, r#""\u0069d":7,"#),
        (r#""firstName":"Aida","#, ""),
        (FIRST, "{}"),
        (FIRST, "[]"),
        (FIRST, "7"),
    ];
    for (usual, other) in values {
        assert!(FIRST.contains(usual), "{usual}");
        let second = FIRST.replacen(usual, other, 1);
        assert!(page(&second), "{second}");
    }
}

#[test]
fn what_is_refused_is_refused_there_as_well() {
    for (usual, other) in [
        ("7", "07"),
        ("7", "00000000001"),
        ("7", "18446744073709551617"),
        ("7", "9007199254740993"),
        ("7", "7."),
        ("7", "7x"),
        ("7", ""),
        ("null", "nul"),
        (r#""Aida""#, "\"a\nb\""),
        (r#""Aida""#, "\"a\0b\""),
        (r#""Aida""#, r#""\x""#),
        (r#""Aida""#, r#""Aida"#),
        (r#"["vip"]"#, r#"["vip""#),
        (r#"["vip"]"#, r#"["vip",]"#),
        (r#""id":7,"#, r#""id":7,,"#),
        (r#""id":7,"#, r#""id"7,"#),
        (FIRST, ""),
    ] {
        let second = FIRST.replacen(usual, other, 1);
        assert!(!page(&second), "{second}");
    }
}

#[test]
fn a_fault_before_the_list_keeps_its_path() {
    let second = FIRST.replacen('7', r#""7""#, 1);
    let body = format!(r#"{{"pagination":{{"cursorId":"x"}},"items":[{FIRST},{FIRST},{second}]}}"#);
    assert!(judge(ListContacts::META, body.as_bytes()));
}

#[test]
fn a_document_that_ends_anywhere() {
    let body = format!(r#"{{"items":[{FIRST},{FIRST}],"pagination":{{"cursorId":1}}}}"#);
    for end in 0..body.len() {
        assert!(!judge(ListContacts::META, &body.as_bytes()[..end]), "{end}");
    }
    assert!(judge(ListContacts::META, body.as_bytes()));
}
