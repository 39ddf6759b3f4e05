package app

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// meant asks whether somebody meant one of the names that are near what they
// typed, as the end of a sentence; empty when none is.
func meant(typed string, known []string) string {
	const few = 3
	typed = strings.ToLower(typed)
	distance := func(name string) int {
		if len(typed) > 2 && (strings.HasPrefix(name, typed) || strings.Contains(name, typed)) {
			return 1 // all that was typed is right
		}
		return levenshtein.ComputeDistance(typed, strings.ToLower(name))
	}
	farthest := max(2, len(typed)/4)
	var near []string
	for _, name := range known {
		if distance(name) <= min(farthest, len(typed)) {
			near = append(near, name)
		}
	}
	slices.SortStableFunc(near, func(a, b string) int {
		return cmp.Or(cmp.Compare(levenshtein.ComputeDistance(typed, a), levenshtein.ComputeDistance(typed, b)), cmp.Compare(a, b))
	})
	switch near = near[:min(few, len(near))]; len(near) {
	case 0:
		return ""
	case 1:
		return "; did you mean " + near[0] + "?"
	default:
		last := len(near) - 1
		return "; did you mean " + strings.Join(near[:last], ", ") + " or " + near[last] + "?"
	}
}

// wrongFlag says which flag there is in place of one that there is not.
func wrongFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usageError{err}
	}
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			known = append(known, "--"+f.Name)
		}
	})
	return usageError{fmt.Errorf("%w%s", err, meant("--"+unknown.GetSpecifiedName(), known))}
}

// argumentProblem says in words what is wrong with the arguments of a command.
func argumentProblem(c *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 && c.Annotations[wants] != "":
		return usageError{errors.New(c.Annotations[wants])}
	case len(args) == 0:
		return usageError{fmt.Errorf("%s needs %s; %s --help says more", c.CommandPath(), strings.TrimPrefix(c.Use, c.Name()+" "), c.CommandPath())}
	case c.HasAvailableSubCommands():
		return usageError{fmt.Errorf("unknown command %s%s %s --help lists the commands", secret.Quote(args[0]), orSemicolon(meant(args[0], commandNames(c))), c.CommandPath())}
	case strings.HasSuffix(c.Use, c.Name()):
		return usageError{fmt.Errorf("%s takes no arguments, and %s is one", c.CommandPath(), secret.Quote(args[0]))}
	default:
		return usageError{fmt.Errorf("%s takes %s and no more; %s --help says more", c.CommandPath(), strings.TrimPrefix(c.Use, c.Name()+" "), c.CommandPath())}
	}
}

// orSemicolon goes on after a question, or after none.
func orSemicolon(question string) string {
	if question == "" {
		return ";"
	}
	return question
}

// wants is the annotation of a command that says what it needs.
const wants = "wants"

func commandNames(c *cobra.Command) []string {
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}
