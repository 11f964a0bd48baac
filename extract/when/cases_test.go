package when

// Sentences written for this project.
var cases = []struct{ date, text, want string }{
	{"2015-07-21", "وصل الوزير إلى القاهرة أمس.", "أمس=2015-07-20"},
}
