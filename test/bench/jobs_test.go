package main

import (
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/prompts"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestJobs finds jobs by a part of their names.
func TestJobs(t *testing.T) {
	t.Parallel()
	for only, want := range map[string]int{"": 13 + len(prompts.All()), "trace_figure": 2, "month_end": 1, "nothing": 0} {
		all, err := jobs(only)
		if err != nil || len(all) != want {
			t.Errorf("%q: %d jobs, %v; want %d", only, len(all), err, want)
		}
	}
}

// TestJobsDone does every job with the tools of this build, on a clock that
// waits for nobody: each succeeds, and takes at least as long as its requests
// wait for each other.
func TestJobsDone(t *testing.T) {
	t.Parallel()
	all, err := jobs("")
	if err != nil {
		t.Fatal(err)
	}
	present := func() time.Time { return time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC) }
	f := farBench{demo: sandbox.New(sandbox.Options{Now: present}), now: present}
	for _, j := range all {
		t.Run(j.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				api := &distance{api: f.company(j), latency: 150 * time.Millisecond}
				o, err := do(t.Context(), j, api, inside(t, api, folder, present))
				if err != nil {
					t.Fatal(err)
				}
				if o.sequence < 1 || o.requests < o.sequence || o.wall < 150*o.sequence {
					t.Errorf("got %+v", o)
				}
			})
		})
	}
}

// inside calls tools in this process.
func inside(t *testing.T, api *distance, folder string, now func() time.Time) asker {
	t.Helper()
	client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key(sandbox.KeyOwner), Transport: inprocess.Transport{Handler: api}, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	c, err := tools.New(client, tools.Options{Confirm: tools.ConfirmToken, Now: now, Exports: export.New(export.Options{Dir: folder, Owner: "bench", Now: now})})
	if err != nil {
		t.Fatal(err)
	}
	return func(name string, arguments json.RawMessage) (json.RawMessage, time.Duration, error) {
		tool, ok := c.Find(name)
		if !ok {
			return nil, 0, errors.New("there is no " + name)
		}
		begun := time.Now()
		a := c.Call(t.Context(), tool, tools.Request{Args: arguments})
		if a.Err != nil {
			return nil, 0, a.Err
		}
		return a.Structured, time.Since(begun), nil
	}
}
