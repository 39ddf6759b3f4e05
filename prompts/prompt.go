package prompts

import (
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
)

// Prompt is a ready-made job.
type Prompt struct {
	Name        string
	Title       string
	Description string // one sentence, for the menu
	Arguments   []Argument

	goal  string // what the job is for
	steps []step // the calls, in order
	check []string
	show  []string
	stop  []string // where to stop and ask
}

// All returns every job in the order of the menu: those that Fiskl's own
// server has, then ours.
func All() []Prompt {
	return []Prompt{
		financialHealthCheck(),
		whoOwesMeMoney(),
		monthEndReview(),
		createAndSendInvoice(),
		collectionsLetters(),
		vatPreparation(),
		newClientOnboarding(),
		whyDidItChange(),
	}
}

// Find returns the job of that name.
func Find(name string) (Prompt, bool) {
	all := All()
	i := slices.IndexFunc(all, func(p Prompt) bool { return p.Name == name })
	if i < 0 {
		return Prompt{}, false
	}
	return all[i], true
}

// Titles are the titles of all jobs.
func Titles() []string {
	var titles []string
	for _, p := range All() {
		titles = append(titles, p.Title)
	}
	return titles
}

// Tools are the names of the tools that the job calls, in order, each once.
func (p Prompt) Tools() []string {
	var names []string
	for _, s := range p.steps {
		if !slices.Contains(names, s.tool) {
			names = append(names, s.tool)
		}
	}
	return names
}

// Definition is the job as clients are told of it. Where there are several
// companies the job takes one of them as its first argument.
func (p Prompt) Definition(companies []string) mcp.Prompt {
	d := mcp.Prompt{Name: p.Name, Title: p.Title, Description: p.Description}
	for _, a := range p.takes(companies) {
		d.Arguments = append(d.Arguments, mcp.PromptArgument{Name: a.Name, Description: a.Description, Required: a.Required})
	}
	return d
}

// Argument returns the argument of that name.
func (p Prompt) Argument(name string, companies []string) (Argument, bool) {
	takes := p.takes(companies)
	i := slices.IndexFunc(takes, func(a Argument) bool { return a.Name == name })
	if i < 0 {
		return Argument{}, false
	}
	return takes[i], true
}

// takes are the arguments of the job among several companies, or on its own.
func (p Prompt) takes(companies []string) []Argument {
	if len(companies) < 2 {
		return p.Arguments
	}
	return append([]Argument{company(companies)}, p.Arguments...)
}
