//! Entry links (wire.md §4). The signatures were computed with Python's `hmac`, not with this library:
//!
//! ```python
//! hmac.new(b"testkey", f"nonce={nonce}&sv={sv}&ts={ts}&uid={uid}".encode(), hashlib.sha256).hexdigest()
//! ```

use std::sync::Arc;

use wxpusher::{EntryLinkVerifier, ErrorKind, ManualClock, MemoryNonceStore, SignatureProblem};

const NOW: i64 = 1_700_000_000_000;
const SIGN: &str = "d88fd4ef3d0b671fe9095ac5e59c8bb47a8b8f565c14336283a5c5a90c9b2db5";
const GOOD: &str = "uid=UID_test&ts=1700000000000&nonce=n1&sv=1\
                    &sign=d88fd4ef3d0b671fe9095ac5e59c8bb47a8b8f565c14336283a5c5a90c9b2db5";

fn at(now: i64) -> EntryLinkVerifier {
    EntryLinkVerifier::new("testkey").clock(Arc::new(ManualClock::at_unix_ms(now)))
}

fn refused(verifier: &EntryLinkVerifier, link: &str) -> SignatureProblem {
    match verifier.verify(link).unwrap_err().into_kind() {
        ErrorKind::InvalidSignature { reason } => reason,
        other => panic!("{other}"),
    }
}

#[test]
fn a_good_link_names_the_user_in_every_form_it_may_have() {
    for link in [
        GOOD.to_owned(),
        format!("?{GOOD}"),
        format!("https://site.example/in?from=wx&{GOOD}#top"),
        GOOD.replace(SIGN, &SIGN.to_uppercase()),
    ] {
        assert_eq!(at(NOW).verify(&link).unwrap(), "UID_test", "{link}");
    }
}

#[test]
fn values_signed_before_and_after_encoding_are_both_taken() {
    let link = "uid=UID_%E6%B5%8B%20%E8%AF%95&ts=1700000000000&nonce=a%2Bb%2Fc%3D&sv=1&sign=";
    for sign in [
        "05e1082c129b68e9679e2ac4ddbc017a2e63f5f1882242da285c63e7939d4bc0",
        "3a4d2dd9961b28355255745fb149e17acc5aa7db5e3dc3c5b4fe4a1e32b83d52",
    ] {
        assert_eq!(at(NOW).verify(&format!("{link}{sign}")).unwrap(), "UID_测 试");
    }
}

#[test]
fn what_was_touched_is_forged() {
    for (from, to) in
        [("UID_test", "UID_tesu"), ("ts=17", "ts=18"), ("n1", "n2"), ("sv=1", "sv=2"), ("sign=", "sign=00")]
    {
        let link = GOOD.replacen(from, to, 1);
        assert_eq!(refused(&at(NOW), &link), SignatureProblem::Forged, "{link}");
    }
    assert_eq!(refused(&EntryLinkVerifier::new("otherkey"), GOOD), SignatureProblem::Forged);
}

#[test]
fn what_is_missing_or_malformed_is_named() {
    let verifier = at(NOW);
    assert_eq!(refused(&verifier, "uid=UID_test"), SignatureProblem::Unsigned);
    assert_eq!(refused(&verifier, ""), SignatureProblem::Unsigned);
    assert_eq!(refused(&verifier, &GOOD.replace("uid=UID_test&", "")), SignatureProblem::Missing("uid"));
    assert_eq!(refused(&verifier, &GOOD.replace("nonce=n1", "nonce=")), SignatureProblem::Missing("nonce"));
    assert_eq!(refused(&verifier, &GOOD.replace("1700000000000", "soon")), SignatureProblem::Malformed("ts"));
    assert_eq!(refused(&verifier, "uid=a&ts=1&nonce=n&sv=1&sign=xyz"), SignatureProblem::Malformed("sign"));
    assert_eq!(refused(&verifier, &format!("{GOOD}&uid=UID_other")), SignatureProblem::Malformed("uid"));
    assert_eq!(refused(&verifier, &GOOD.replace("n1", "%ff")), SignatureProblem::Malformed("nonce"));
}

#[test]
fn a_link_is_good_for_ten_minutes_around_its_time() {
    const WINDOW: i64 = 600_000;
    for age in [-WINDOW, 0, WINDOW] {
        assert!(at(NOW + age).verify(GOOD).is_ok(), "{age}");
    }
    assert_eq!(refused(&at(NOW + WINDOW + 1), GOOD), SignatureProblem::Stale(600));
    assert_eq!(refused(&at(NOW - WINDOW - 1_000), GOOD), SignatureProblem::Stale(-601));
}

#[test]
fn a_link_works_once_even_at_the_edge_of_its_time() {
    let clock = Arc::new(ManualClock::at_unix_ms(NOW - 600_000));
    let verifier = EntryLinkVerifier::new("testkey").clock(clock.clone()).nonces(Arc::new(MemoryNonceStore::new(10)));
    assert!(verifier.verify(GOOD).is_ok());
    assert_eq!(refused(&verifier, GOOD), SignatureProblem::Replayed);
    clock.advance(std::time::Duration::from_millis(1_200_000));
    assert_eq!(refused(&verifier, GOOD), SignatureProblem::Replayed);
    clock.advance(std::time::Duration::from_millis(1));
    assert_eq!(refused(&verifier, GOOD), SignatureProblem::Stale(600));
}

#[test]
fn a_forged_link_does_not_use_up_the_nonce() {
    let verifier = at(NOW);
    refused(&verifier, &GOOD.replace("UID_test", "UID_evil"));
    assert!(verifier.verify(GOOD).is_ok());
}
