package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sila-graph/sila/cmd/sila/internal/ui"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/query"
	"github.com/sila-graph/sila/graph/resolve/decide"
)

func (a *app) judgeCmd() *cobra.Command {
	var sig signature
	cmd := &cobra.Command{
		Use:   "judge FACT right | wrong | PART=VALUE...",
		Short: "Decide that a fact was read rightly, wrongly, or otherwise",
		Long: `Decide on a fact whether its articles say so: right, wrong, or so with other parts:
type, subtype, agent, patient, place, status (actual, intended, negated, possible),
ended (yes, no), time, title. Several in a role are parted by commas; nothing behind
the = leaves a role empty.`,
		Example: `  sila judge 117eb57a6a519858 wrong
  sila judge '<fact/117eb57a6a519858>' status=possible 'agent=لواء الصقر'`,
		Args: atLeast("the IRI of a fact", "right, wrong or what changes"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.takeWith(ctx, &sig, func(e *query.Engine, _ *decide.Set) ([]decide.Decision, error) {
				kind, to, err := verdict(ctx, e, args[0], args[1:])
				if err != nil {
					return nil, err
				}
				d, err := e.Judge(ctx, args[0], kind, to)
				return []decide.Decision{d}, err
			})
		},
	}
	sig.flags(cmd.Flags())
	return cmd
}

// verdict reads what is decided on a fact.
func verdict(ctx context.Context, e *query.Engine, fact string, words []string) (decide.Kind, *decide.Revision, error) {
	if len(words) == 1 && (words[0] == string(decide.Right) || words[0] == string(decide.Wrong)) {
		return decide.Kind(words[0]), nil, nil
	}
	to := new(decide.Revision)
	for _, w := range words {
		part, v, ok := strings.Cut(w, "=")
		if !ok {
			return "", nil, ui.Usagef("%q: write right, wrong, or what changes, as status=negated", w)
		}
		var roles []string
		switch part {
		case "agent", "patient", "place":
			var names []string
			for _, n := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == '،' }) {
				names = append(names, strings.TrimSpace(n))
			}
			var err error
			if roles, err = e.Roles(ctx, fact, names); err != nil {
				return "", nil, err
			}
		}
		switch part {
		case "agent":
			to.Agent = &roles
		case "patient":
			to.Patient = &roles
		case "place":
			to.Place = &roles
		case "type":
			to.Type = v
		case "subtype":
			to.Subtype = &v
		case "status":
			s := doc.Status(v)
			to.Status = &s
		case "time":
			to.Time = &v
		case "title":
			to.Title = &v
		case "ended":
			ended := v == "yes"
			if !ended && v != "no" {
				return "", nil, ui.Usagef("ended=%s: write yes or no", v)
			}
			to.Ended = &ended
		default:
			return "", nil, ui.Usagef("a fact has no %q; its parts are type, subtype, agent, patient, place, status, ended, time, title", part)
		}
	}
	return decide.Change, to, nil
}
