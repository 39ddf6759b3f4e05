package config

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// day reads a date; empty when none is set.
func (r *reading) day(name string) schemas.Date {
	text := r.set[name].Text
	if text == "" {
		return ""
	}
	d, err := schemas.ReadDate(text)
	if err != nil {
		r.refuse(name, "is not a day such as 2026-11-22")
	}
	return d
}

// pin has the clock begin on a day, at an hour that is on that day in most of
// the world, and go on from there.
func (p *Program) pin(today schemas.Date) {
	at, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		return
	}
	const hour = 16
	clock := p.Clock()
	begun := clock()
	p.SandboxToday = today
	p.Now = func() time.Time { return at.Add(hour*time.Hour + clock().Sub(begun)) }
}

// pinnable refuses another day than the real one for books that are real.
func (c Config) pinnable(set Value) error {
	for _, one := range c.Companies {
		if c.SandboxToday != "" && !one.Sandbox {
			return set.refused("is for the sandbox alone; add --sandbox, or leave it out")
		}
	}
	return nil
}
