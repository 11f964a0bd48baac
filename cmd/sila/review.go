package main

import (
	"bufio"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

func (a *app) reviewCmd() *cobra.Command {
	var sig signature
	var facts, list bool
	var limit int
	var format, lang string
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Walk through what people should decide: who may be one, which facts are doubtful",
		Long: `Walk through pairs of nodes that may be one actor, those that affect most facts first,
each with sentences of both sides; with --facts through doubtful facts, those of the
most prominent first. An answer is a letter: s same, d different, u unsure (not asked
again), or r right, w wrong, c and what changes (c status=negated); Enter goes on, q ends.
Each answer is taken at once; sila log undo takes it back.`,
		Example: `  sila review
  sila review --facts
  sila review --list --limit 100`,
		Args: exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			asJSON, err := ui.Form(format)
			if err != nil {
				return err
			}
			r := &review{app: a, sig: &sig, limit: limit, lang: lang, list: list || asJSON, asJSON: asJSON}
			if facts {
				return r.facts(cmd.Context())
			}
			return r.pairs(cmd.Context())
		},
	}
	f := cmd.Flags()
	f.BoolVar(&facts, "facts", false, "doubtful facts instead of who may be one")
	f.BoolVar(&list, "list", false, "list, and ask nothing")
	f.IntVar(&limit, "limit", 20, "proposals at most")
	sig.flags(f)
	answerFlags(f, &format, &lang)
	return cmd
}

// review walks through proposals.
type review struct {
	*app
	sig          *signature
	limit        int
	lang         string
	list, asJSON bool
}

func (r *review) pairs(ctx context.Context) error {
	var all []query.Proposal
	propose := func(e *query.Engine, f *decide.File) (err error) {
		all, err = e.Proposals(ctx, f.Set(), r.limit)
		return err
	}
	if r.list {
		if err := r.propose(ctx, propose); err != nil {
			return err
		}
		return r.Proposals(all, r.asJSON, r.lang)
	}
	return r.walk(ctx, propose, func() int { return len(all) }, func(i int) { r.Proposal(i+1, len(all), &all[i], r.lang) },
		func(i int, answer string) (*decide.Decision, error) {
			var d decide.Decision
			switch answer {
			case "s", "same":
				d = all[i].Same()
			case "d", "different":
				d = all[i].Different()
			case "u", "unsure":
				d = all[i].Unsure()
			default:
				return nil, ui.Usagef("write s (same), d (different), u (unsure), Enter (go on) or q (end)")
			}
			return &d, nil
		})
}

func (r *review) facts(ctx context.Context) error {
	var all []query.Doubt
	propose := func(e *query.Engine, f *decide.File) (err error) {
		all, err = e.Doubts(ctx, f.Set(), r.limit)
		return err
	}
	if r.list {
		if err := r.propose(ctx, propose); err != nil {
			return err
		}
		return r.Doubts(all, r.asJSON, r.lang)
	}
	var desk *desk
	return r.walkOn(ctx, &desk, propose, func() int { return len(all) }, func(i int) { r.Doubt(i+1, len(all), &all[i], r.lang) },
		func(i int, answer string) (*decide.Decision, error) {
			d := &decide.Decision{Reports: all[i].Judged}
			switch word, rest, _ := strings.Cut(answer, " "); word {
			case "r", "right":
				d.Kind = decide.Right
			case "w", "wrong":
				d.Kind = decide.Wrong
			case "c", "change":
				err := desk.ask(ctx, func(e *query.Engine) (err error) {
					d.Kind, d.To, err = verdict(ctx, e, all[i].Fact.IRI.String(), strings.Split(rest, ";"))
					return err
				})
				return d, err
			default:
				return nil, ui.Usagef("write r (right), w (wrong), c and what changes (c status=negated; agent=…), Enter (go on) or q (end)")
			}
			return d, nil
		})
}

// propose asks for proposals without taking anything.
func (r *review) propose(ctx context.Context, f func(*query.Engine, *decide.File) error) error {
	file, err := r.readDecisions(r.graphPath())
	if err != nil {
		return err
	}
	return r.withEngine(ctx, func(e *query.Engine) error { return f(e, file) })
}

func (r *review) walk(ctx context.Context, propose func(*query.Engine, *decide.File) error, n func() int, show func(int), answer func(int, string) (*decide.Decision, error)) error {
	var d *desk
	return r.walkOn(ctx, &d, propose, n, show, answer)
}

// walkOn shows each proposal, reads an answer and takes it.
func (r *review) walkOn(ctx context.Context, at **desk, propose func(*query.Engine, *decide.File) error, n func() int, show func(int), answer func(int, string) (*decide.Decision, error)) error {
	return r.deciding(ctx, func(d *desk) error {
		*at = d
		if err := d.ask(ctx, func(e *query.Engine) error { return propose(e, d.file) }); err != nil {
			return err
		}
		if n() == 0 {
			r.Notef("nothing to decide")
			return nil
		}
		in := bufio.NewScanner(r.In)
		for i := range n() {
			show(i)
			for {
				r.Ask()
				if !in.Scan() {
					return in.Err()
				}
				word := strings.TrimSpace(in.Text())
				if word == "q" {
					return nil
				}
				if word == "" {
					break
				}
				dec, err := answer(i, word)
				if err != nil {
					r.Hintf("%v", err)
					continue
				}
				r.sig.sign(dec)
				t, err := d.take(ctx, *dec)
				if t != nil {
					r.Took(t)
				}
				if err != nil {
					return err
				}
				break
			}
		}
		return nil
	})
}
