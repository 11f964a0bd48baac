package fact

// carriedSubject returns the entity that goes on as the subject at item n: of
// the nearest verb before it in the sentence that has one, else of the last
// sentence.
func (p *parser) carriedSubject(n int, st *state) int32 {
	for m := n - 1; m >= 0; m-- {
		if p.isVerb(m) {
			if s := p.subject(m); s >= 0 {
				return p.items[s].ent
			} else if s == nounSubject {
				return -1
			}
		}
	}
	return st.subject
}

// speaker returns the entity that speaks at item n: of the nearest verb of
// saying before it in the sentence, else the speaker that goes on.
func (p *parser) speaker(n int, st *state) int32 {
	for m := n - 1; m >= 0; m-- {
		if it := &p.items[m]; it.kind == itSay && it.class&clSay != 0 {
			switch s := p.subject(m); {
			case s >= 0:
				return p.items[s].ent
			case s == nounSubject:
				return -1
			}
			return st.speaker
		}
	}
	if s := p.carriedSubject(n, st); s >= 0 && n > 3 {
		return s
	}
	return st.speaker
}

// sharedAgent returns the entity that is the agent of the event noun that the one
// at item n is joined to by و: «سيطرتها على المدينة ومحاصرة البلدة». -1 for none.
func (p *parser) sharedAgent(n int, st *state) int32 {
	for m := n - 1; m >= 0 && m >= n-8; m-- {
		it := &p.items[m]
		switch it.kind {
		case itComp, itConj, itColon, itSay, itVerb:
			return -1
		case itTrig:
			if p.isVerb(m) {
				return -1
			}
			for i := range it.word.triggers {
				t := &it.word.triggers[i]
				if t.kind != masdar && t.kind != noun {
					continue
				}
				switch a := p.readNoun(m, t, st).agent; a {
				case argPronoun:
					return p.antecedent(m, it.enc, st)
				case argCarried:
					return p.carriedSubject(m, st)
				case argShared:
					return p.sharedAgent(m, st)
				case noArg, argSpeaker:
					return -1
				default:
					return p.items[a].ent
				}
			}
		}
	}
	return -1
}
