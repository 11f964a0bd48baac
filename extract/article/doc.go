// Package article reads news articles from whatever a user has and hands them on one by one.
//
// In: paths of files and folders, or standard input. Out: [Article] values with title, text and what is known of
// date, source, address and author, in a fixed order (paths as given, folders sorted by name), and a [Problem] for
// everything that could not be read. A problem never stops the reading and never costs a neighbouring article.
//
// Most callers need [Read] alone:
//
//	sum, err := article.Read(ctx, []string{"news/", "more.jsonl.gz"}, os.Stdin, article.Options{},
//		func(a article.Article) error { return store(a) },
//		func(p *article.Problem) { log.Print(p) })
//
// [Size] tells beforehand how many bytes Read will take in, for a progress display.
//
// # What is kept and what is cleaned
//
// Title and text of JSON lines are handed on to the letter, since offsets elsewhere count on them. Plain text and
// pages lose page furniture («آخر تحديث:», «التعليقات», «أضف تعليقاً») by the lists in data/, never words of the story.
//
// # Memory
//
// Input is streamed. What is held at a time is one article, at most [Options.MaxBytes] of raw input, whatever the
// size of the file around it.
package article
