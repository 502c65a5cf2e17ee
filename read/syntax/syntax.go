// Package syntax gives each word of a sentence its part of speech, features,
// lemma and place in a Universal Dependencies tree, by models trained from
// treebanks in CoNLL-U.
package syntax

import "casus/read/text"

// Word is a token with its analysis.
type Word struct {
	text.Token
	Lemma  string // separable verbs rejoined in Dutch: "namen … in" is innemen
	UPOS   string // Universal part-of-speech tag
	Feats  string // Universal features, "Case=Nom|Number=Plur", empty where none
	Head   int    // index in Words of the governor, -1 for the root
	Deprel string // Universal relation to the governor, subtype included ("nsubj:pass")
}

// Tree is an analysed sentence. Words[i].Head is an index into Words.
type Tree struct {
	Sentence text.Sentence
	Words    []Word
}

// Root returns the index of the root, -1 for an empty tree.
func (t Tree) Root() int {
	for i, w := range t.Words {
		if w.Head < 0 {
			return i
		}
	}
	return -1
}
