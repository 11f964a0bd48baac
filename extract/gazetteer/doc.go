// Package gazetteer knows names: countries and their adjectives, cities,
// villages and fronts, organisations, persons, titles, and word lists such as
// given names. In come tokens in the folded spelling of [arabic.Key]; out come
// the entries that a token, or the longest run of tokens, can name.
//
// The data are text files under data (one entry a line, see README.md) and
// lists (one word or phrase a line), embedded in the binary. [Default] builds
// the table once; it is read-only afterwards and safe for any number of
// goroutines. Looking up allocates nothing.
//
//	t := gazetteer.Default()
//	words := t.Words(nil, keys)        // numbers of the tokens, once per sentence
//	m := t.Match(words, i)             // longest name that starts at token i
//	forms, n := t.Nisba(words, i)      // الأميركية, الكورية الجنوبية
//	head := t.Head(words[i])           // محافظة, قرية: which kinds of place may follow
//	given, _ := t.List("given_names"); t.In(words[i], given)
//
// A form may belong to several entries (طرابلس in Libya and in Lebanon): they
// come in order of prominence, and choosing is the caller's business.
package gazetteer
