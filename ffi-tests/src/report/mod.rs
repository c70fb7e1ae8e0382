//! What a run leaves behind: a table for people, `conformance.json` and JUnit for machines.

pub mod conformance;
pub mod junit;
pub mod table;
