//! The iteration order of a Java `HashSet`. The service keeps `uids` in one, so that rows are in
//! this order and not in the order of the request.

use std::collections::HashSet;
use std::hash::Hash;

pub(crate) trait JavaHash {
    fn java_hash(&self) -> u32;
}

impl JavaHash for String {
    fn java_hash(&self) -> u32 {
        self.encode_utf16().fold(0, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
    }
}

impl JavaHash for i64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn java_hash(&self) -> u32 {
        let bits = *self as u64;
        (bits ^ (bits >> 32)) as u32
    }
}

/// Drops duplicates and sorts the rest in the order of the set.
pub(crate) fn as_java_set<T: JavaHash + Eq + Hash + Clone>(members: Vec<T>) -> Vec<T> {
    let mut seen = HashSet::with_capacity(members.len());
    let mut unique: Vec<T> = members.into_iter().filter(|member| seen.insert(member.clone())).collect();
    let mut buckets = 16;
    while unique.len() * 4 > buckets * 3 {
        buckets *= 2;
    }
    let mask = u32::try_from(buckets - 1).unwrap_or(u32::MAX);
    unique.sort_by_key(|member| {
        let hash = member.java_hash();
        (hash ^ (hash >> 16)) & mask
    });
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_match_java() {
        assert_eq!("hello".to_owned().java_hash(), 99_162_322);
        assert_eq!((1_i64 << 32 | 5).java_hash(), 4);
    }

    #[test]
    fn drops_duplicates_and_sorts_by_bucket() {
        assert_eq!(as_java_set(vec![33_i64, 2, 33, 16]), [16, 33, 2]);
    }
}
