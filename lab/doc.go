// Package lab measures what Casus reads against what people say is there, by
// the scores that each field uses, and trains the models that it reads with.
// docs/EVALUATION.md says how to use it.
package lab
