// Package ledger is the contract of the store: what it keeps, what it
// promises, and the questions that it answers. It holds no store itself;
// package sqlite is the keeper that people use, package memory is the plain
// model that says what the answers should be, and package ledgertest is this
// contract as a suite of tests that both pass.
//
// # What is kept
//
// A ledger keeps articles with their whole text, and the records that readings
// took out of them. A reading is one pass of one version of the reader over
// one article. Records belong to a reading, a reading to an article.
//
// # Three times, kept apart
//
//   - Valid time, Record.When: when the thing held in the world, as the article
//     has it. From and To of a Query ask about it.
//   - Publication, Article.Date: when the article came out. It is never used as
//     either of the clocks; it orders lists of articles.
//   - Transaction time: when we learned it. Entry.Recorded is the ledger's own
//     clock. Nobody sets it and it never runs backwards: every append gets a
//     later moment than the one before. Article.Known is the desk's clock, which
//     an import may set so that an archive can be replayed as it came in.
//     Query.Recorded and Query.Known ask about them.
//
// # What is promised
//
//   - Append-only. Nothing that was recorded is overwritten or deleted. A later
//     reading of the same text supersedes the earlier reading's records: they
//     leave today's answers, and stay in the answers for a moment before they
//     were superseded (Query.Recorded).
//   - Corrected, not overwritten. An analyst's Correction is an entry of its own
//     with author, time and reason. What the reader made stays; a version that
//     reads as the correction says takes its place in the answers, and both
//     stay in the record's History. A correction may be undone, an undoing too.
//   - Corrections outlive readings. A later reading supersedes what the reader
//     made before; records that a person accepted or amended stay, rejected
//     ones do not come back, merged actors stay merged.
//   - Whole articles. Append stores an article, its text, its words for the
//     search, its links to near-copies and its records together or not at all,
//     also when the process is killed half-way.
//   - Once. A text that is there already is not stored again, whatever name it
//     comes by; appending the same reading twice changes nothing.
//   - Checked. A record whose quote does not stand in the text where it says is
//     refused, and the article with it.
//   - Deterministic. The same appends in the same order give the same answers
//     in the same order, apart from the moments that the ledger's clock gave.
//   - Concurrent. All methods may be called from several goroutines at once.
//
// Errors that a user can do something about are *casus.Error.
package ledger
