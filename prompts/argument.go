package prompts

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/internal/complete"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Argument is what a person may say about a job. The protocol knows text only,
// so what kind of text it is stands in the description, and is checked.
type Argument struct {
	Name        string
	Description string
	Required    bool

	// Values is where its values come from. Where there are choices they are
	// the only ones.
	Values complete.Origin

	initial string                    // what counts when nothing is given
	problem func(value string) string // a clause that follows the name; empty when the value will do
}

// companyArgument says whose books a job works on, where there are several.
const companyArgument = "company"

// How many characters of one argument are taken.
const (
	maxName  = 200
	maxWords = 1000
)

func company(names []string) Argument {
	return oneOf(companyArgument, "Which company: "+strings.Join(names, ", "), names...).required()
}

func client(description string) Argument {
	return Argument{Name: "client", Description: description, Values: complete.Origin{Source: complete.Clients}, problem: atMost(maxName)}
}

func words(name, description string, most int) Argument {
	return Argument{Name: name, Description: description, problem: atMost(most)}
}

// period is a stretch of time, initially that of the name.
func period(initial string) Argument {
	about := "Such as last month, or 2026-09-01..2026-09-30; default " + cmp.Or(initial, "Fiskl's own")
	return Argument{Name: "period", Description: about, Values: complete.Origin{Source: complete.Periods}, initial: initial, problem: noPeriod}
}

func day(name, description string) Argument {
	return Argument{Name: name, Description: description, problem: noDay}
}

func basis() Argument {
	return oneOf("basis", "accrual or cash; default the company's", complete.Bases()...)
}

func oneOf(name, description string, choices ...string) Argument {
	return Argument{Name: name, Description: description, Values: complete.Origin{Choices: choices}, problem: func(value string) string {
		if slices.Contains(choices, value) {
			return ""
		}
		return "is " + schemas.Quoted(value, 60) + "; choose one of: " + strings.Join(choices, ", ")
	}}
}

// required makes the argument one that has to be given.
func (a Argument) required() Argument {
	a.Required = true
	return a
}

// read cleans a value and refuses one that will not do. A choice counts
// whatever its case.
func (a Argument) read(value string) (string, error) {
	value = schemas.Clean(value, utf8.RuneCountInString(value)+1)
	for _, choice := range a.Values.Choices {
		if strings.EqualFold(choice, value) {
			value = choice
		}
	}
	if value == "" {
		if a.Required {
			return "", &schemas.ArgumentError{Argument: a.Name, Problem: a.missing()}
		}
		return a.initial, nil
	}
	problem := a.problem(value)
	if strings.ContainsRune(value, utf8.RuneError) {
		problem = "holds characters that cannot be shown"
	}
	if problem != "" {
		return "", &schemas.ArgumentError{Argument: a.Name, Problem: problem}
	}
	return value, nil
}

func (a Argument) missing() string {
	if len(a.Values.Choices) > 0 {
		return "is missing; choose one of: " + strings.Join(a.Values.Choices, ", ")
	}
	return "is missing: " + strings.ToLower(a.Description[:1]) + a.Description[1:]
}

func atMost(most int) func(string) string {
	return func(value string) string {
		if utf8.RuneCountInString(value) > most {
			return "is too long"
		}
		return ""
	}
}

func noDay(value string) string {
	if _, err := schemas.ReadDate(value); err != nil {
		if wrong, ok := errors.AsType[*schemas.ValueError](err); ok {
			return wrong.Problem
		}
		return err.Error()
	}
	return ""
}

// noPeriod refuses what cannot be a period. Which names there are Fiskl alone
// knows, and the tools say.
func noPeriod(value string) string {
	ok, err := schemas.CheckPeriod(value)
	if err != nil {
		return "cannot be read: " + err.Error()
	}
	if !ok && !named(value) {
		return "cannot be read; give a name of Fiskl's such as last month, one such as 2026-09 or Q3 2026, or two dates as 2026-09-01..2026-09-30"
	}
	return ""
}

// days are the two dates of a period that is given by them.
func days(period string) (start, end string, ok bool) {
	p, ok := schemas.WrittenDays(period)
	return string(p.Start), string(p.End), ok
}

// named reports what could be the name of a period.
func named(value string) bool {
	const most = 40
	return utf8.RuneCountInString(value) <= most && !strings.ContainsFunc(value, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && r != '-'
	})
}

func noEmail(value string) string {
	const most = 254
	name, host, ok := strings.Cut(value, "@")
	if !ok || name == "" || host == "" || len(value) > most || strings.ContainsAny(value, " ,;<>\"") {
		return "is not one e-mail address"
	}
	return ""
}
