package mention

// Foreign names are spelled by ear: غ, ج, ق and ك for g; ت and ط; long vowels
// come and go. spelledAlike compares the consonants that stay.

// sound maps letters to the sound that spellings share; 0 drops the letter.
func sound(r rune) rune {
	switch r {
	case 'ا', 'و', 'ي', 'ه', 'ء', 'ع':
		return 0
	case 'غ', 'ج', 'ق', 'ك':
		return 'ك'
	case 'ط', 'ت', 'ث':
		return 'ت'
	case 'ص', 'س', 'ز', 'ظ', 'ذ':
		return 'س'
	case 'ض', 'د':
		return 'د'
	case 'ح', 'خ':
		return 'خ'
	}
	return r
}

// spelledAlike says whether two folded words may be spellings of one foreign
// name: the same consonants, at least three of them (two in long words), at most two vowels
// or changed letters apart, and the same beginning.
func spelledAlike(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) < 8 || len(b) < 8 || len(a)-len(b) > 4 || len(b)-len(a) > 4 {
		return false
	}
	var x, y [16]rune
	n, m := sounds(a, &x), sounds(b, &y)
	if n != m || n < 2 || x != y {
		return false
	}
	ra, rb := []rune(a)[0], []rune(b)[0]
	return (ra == rb || sound(ra) == sound(rb)) && distance(a, b) <= 2
}

func sounds(s string, dst *[16]rune) int {
	n := 0
	var last rune
	for _, r := range s {
		if v := sound(r); v != 0 && n < len(dst) {
			if v != last {
				dst[n] = v
				n++
			}
			last = v
		} else {
			last = 0
		}
	}
	return n
}

// distance is Levenshtein's, in letters, of words of at most 32 letters.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 32 || len(y) > 32 {
		return 99
	}
	var prev, cur [33]int
	for j := range len(y) + 1 {
		prev[j] = j
	}
	for i := range x {
		cur[0] = i + 1
		for j := range y {
			c := prev[j]
			if x[i] != y[j] {
				c++
			}
			cur[j+1] = min(c, prev[j+1]+1, cur[j]+1)
		}
		prev = cur
	}
	return prev[len(y)]
}
