package tools

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Tool is one thing that a model may do.
type Tool struct {
	Name        string
	Description string
	Toolset     string
	Effect      Effect

	// Needs are the operations without which the tool has no use. What it
	// calls beyond them, when a name has to be looked up, is a convenience.
	Needs []fisklapi.Operation

	input, output func() json.RawMessage
	arguments     bind.Schema
	golden        golden
	run           func(ctx context.Context, t Tool, req Request) (any, error)
	gate          *confirmer
	company       func(ctx context.Context) string
	notes         func(ctx context.Context, out any) []note
	unsettled     func(out any) string
	charts        bool
	books         string // the company's name where there are several
	layouts       *render.Layouts
	budget        int // characters of one answer; 0 means Budget
}

// Effect is what a tool does to the books.
type Effect string

// The effects.
const (
	Read   Effect = "read"   // changes nothing
	Create Effect = "create" // adds a record that can be changed or archived later
	Update Effect = "update" // changes a record
	Send   Effect = "send"   // reaches somebody outside and cannot be taken back
	Record Effect = "record" // puts money in the books; the API cannot take it out again
)

// call is the shape of every API method, and so of every tool.
type call[In, Out any] = func(context.Context, In) (Out, error)

func read[In, Out any](name, description string, do call[In, Out], needs ...fisklapi.Operation) Tool {
	return declare(Read, name, description, do, needs)
}

func create[In, Out any](name, description string, do call[In, Out], needs ...fisklapi.Operation) Tool {
	return declare(Create, name, description, do, needs)
}

func update[In, Out any](name, description string, do call[In, Out], needs ...fisklapi.Operation) Tool {
	return declare(Update, name, description, do, needs)
}

func send[In, Out, Res any, P confirmable[In]](name, description string, prepare plan[In, Out], lay outcome[Out, Res], needs ...fisklapi.Operation) Tool {
	return confirmed[In, Out, Res, P](tool(Send, name, description, needs), prepare, lay)
}

func record[In, Out, Res any, P confirmable[In]](name, description string, prepare plan[In, Out], lay outcome[Out, Res], needs ...fisklapi.Operation) Tool {
	return confirmed[In, Out, Res, P](tool(Record, name, description, needs), prepare, lay)
}

func declare[In, Out any](effect Effect, name, description string, do call[In, Out], needs []fisklapi.Operation) Tool {
	t := tool(effect, name, description, needs)
	t.input, t.output = schemas.Input[In], schemas.Output[Out]
	t.run = func(ctx context.Context, t Tool, req Request) (any, error) {
		var in In
		if err := t.arguments.Into(req.Args, &in); err != nil {
			return nil, err
		}
		if t.gate.personal(t.Effect) {
			return personally(ctx, t, req, func(ctx context.Context) (any, error) {
				out, err := do(ctx, in)
				return &out, err
			})
		}
		out, err := do(ctx, in)
		return &out, err
	}
	return t
}

func tool(effect Effect, name, description string, needs []fisklapi.Operation) Tool {
	g := readGolden(name)
	return Tool{Name: name, Description: description, Effect: effect, Needs: needs, golden: g, arguments: bind.New(g.input)}
}

// Title is the tool's name as a person would write it.
func (t Tool) Title() string {
	s := strings.ReplaceAll(t.Name, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// Definition is the tool as clients are told of it.
func (t Tool) Definition() mcp.Tool {
	d := mcp.NewToolWithRawSchema(t.Name, t.Description, t.golden.input)
	d.RawOutputSchema = t.golden.output
	d.Title = t.Title()
	d.Annotations = t.Effect.hints(t.Title())
	return d
}

// Reflect is the definition with its schemas taken from the structs and not
// from the golden files, for the test that compares the two.
func (t Tool) Reflect() mcp.Tool {
	t.golden = golden{input: t.input(), output: t.output()}
	return t.Definition()
}

// hints are the four that the protocol knows. An absent hint means the worst,
// so all are always there.
func (e Effect) hints(title string) mcp.ToolAnnotation {
	is := func(effects ...Effect) *bool {
		yes := slices.Contains(effects, e)
		return &yes
	}
	return mcp.ToolAnnotation{
		Title:           title,
		ReadOnlyHint:    is(Read),
		DestructiveHint: is(Update, Send, Record),
		IdempotentHint:  is(Read, Update),
		OpenWorldHint:   is(Send),
	}
}
