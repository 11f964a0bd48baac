// Package arabic is the language: what text looks like before anybody asks
// what it tells. In comes a string as it was published; out comes a [Text]:
// the normalised text with an exact map back to the original, its sentences,
// and its tokens with proclitics (و ف ب ك ل س ال) and enclitics (ه ها هم نا …)
// told apart.
//
// Most callers need [Analyze] (or an [Analyzer] that reuses its memory), the
// accessors of [Text], and [Key], the folding under which names are looked up.
//
// Normalising keeps what carries meaning (ة, ى, hamza on its own or on waw and
// ya) and unifies what is chance: diacritics, tatweel, presentation forms,
// hamza on alef, digits, quotation marks, invisible marks. [Key] folds further.
package arabic
