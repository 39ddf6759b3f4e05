package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/test/internal/scenario"
)

// toolCall is a call of a tool, and what is kept of its answer: by name, where
// in the structured part it stands.
type toolCall struct {
	Tool      string            `json:"tool"`
	Arguments map[string]any    `json:"arguments"`
	Capture   map[string]string `json:"capture"`
}

// outcome is what one job took.
type outcome struct {
	wall     float64 // ms that its calls took
	sequence float64 // requests one after the other before its answers were there
	requests float64 // all it made, those that nobody waited for among them
}

// conversation is calls one after the other over a far API.
type conversation struct {
	ask  asker
	api  *distance
	kept map[string]any // what was captured
}

// asker calls a tool. It returns the structured part of the answer.
type asker func(tool string, arguments json.RawMessage) (structured json.RawMessage, took time.Duration, err error)

// converse has a program do a job in a process, a home and a company of its own.
func (f *farBench) converse(ctx context.Context, program string, j job) (o outcome, err error) {
	away, err := moveAway(ctx, f.company(j), f.latency, f.identity)
	if err != nil {
		return outcome{}, err
	}
	defer func() { err = errors.Join(err, away.server.Close()) }()
	home, err := os.MkdirTemp(f.dir, "home-")
	if err != nil {
		return outcome{}, err
	}
	env := []string{"FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_BASE_URL=" + away.url, "FISKL_CONFIRM=token"}
	if f.identity != nil {
		env = append(env, "SSL_CERT_FILE="+f.identity.file)
	}
	s, err := start(ctx, server{args: []string{program, "stdio"}, env: env}, legacy, home)
	if err != nil {
		return outcome{}, err
	}
	defer s.end()
	if _, err := s.spell("tools/list", nil).ask(); err != nil {
		return outcome{}, err
	}
	o, err = do(ctx, j, away, func(tool string, arguments json.RawMessage) (json.RawMessage, time.Duration, error) {
		r, took, err := s.callWith(tool, arguments)
		return r.Structured, took, err
	})
	if f.show {
		show(j.name+", "+program, slices.Clone(away.counted()))
	}
	return o, err
}

// do does a job, what comes before it included.
func do(ctx context.Context, j job, api *distance, ask asker) (outcome, error) {
	c := conversation{ask: ask, api: api, kept: make(map[string]any)}
	if _, err := c.all(ctx, j.before); err != nil {
		return outcome{}, err
	}
	return c.all(ctx, j.calls)
}

// show tells of requests, in ms since the first of them began.
func show(what string, trips []trip) {
	_, _ = fmt.Fprintln(os.Stderr, what) // nothing else needs to know
	slices.SortStableFunc(trips, func(a, b trip) int { return a.began.Compare(b.began) })
	for _, t := range trips {
		_, _ = fmt.Fprintf(os.Stderr, "  %6.0f %6.0f  %s\n", ms(t.began.Sub(trips[0].began)), ms(t.ended.Sub(trips[0].began)), t.what) // likewise
	}
}

// all makes calls one after the other, when the program has nothing more to ask
// of its own accord.
func (c *conversation) all(ctx context.Context, calls []toolCall) (outcome, error) {
	if err := c.api.settle(ctx); err != nil {
		return outcome{}, err
	}
	c.api.forget()
	var o outcome
	for _, call := range calls {
		took, err := c.make(call)
		if err != nil {
			return outcome{}, err
		}
		o.wall += ms(took)
	}
	o.sequence = float64(inSequence(c.api.counted()))
	err := c.api.settle(ctx)
	o.requests = float64(len(c.api.counted()))
	return o, err
}

// make makes a call and keeps of its answer what later ones need.
func (c *conversation) make(call toolCall) (time.Duration, error) {
	arguments, err := c.fill(call.Arguments)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", call.Tool, err)
	}
	answer, took, err := c.ask(call.Tool, arguments)
	if err != nil {
		return 0, err
	}
	var structured any
	if err := json.Unmarshal(answer, &structured); err != nil {
		return 0, fmt.Errorf("%s: %w", call.Tool, err)
	}
	for name, path := range call.Capture {
		value := scenario.Value(structured, path)
		if value == nil {
			return 0, fmt.Errorf("%s: nothing at %s of %.300s", call.Tool, path, answer)
		}
		c.kept[name] = value
	}
	return took, nil
}

// fill puts what was captured into arguments.
func (c *conversation) fill(arguments map[string]any) (json.RawMessage, error) {
	if arguments == nil {
		return json.RawMessage("{}"), nil
	}
	b, err := json.Marshal(arguments)
	if err != nil {
		return nil, err
	}
	text := string(b)
	for name, value := range c.kept {
		v, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		text = strings.ReplaceAll(text, `"$`+name+`"`, string(v))
	}
	if strings.Contains(text, `"$`) {
		return nil, fmt.Errorf("something was not captured: %s", text)
	}
	return json.RawMessage(text), nil
}
