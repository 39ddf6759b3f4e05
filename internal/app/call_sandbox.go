package app

import (
	"fmt"
	"io"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// shellLines are the lines of all companies of a call from the shell. The only
// company has a sandbox that is kept between calls, when it is one; of several,
// each has one that is not.
func shellLines(cfg config.Config, how callFlags) ([]company.Line, *keptSandbox) {
	lines := make([]company.Line, len(cfg.Companies))
	for i := range lines {
		lines[i].Marked = true
	}
	if len(lines) != 1 || !cfg.Companies[0].Sandbox {
		return lines, nil
	}
	kept := keepSandbox(cfg.Program, how.fresh)
	lines[0].Transport = kept
	return lines, kept
}

// after is an answer with what is kept of the sandbox.
func (k *keptSandbox) after(text string) string {
	if k == nil {
		return text
	}
	if kept, _ := k.told(); kept != "" {
		return text + "\n" + kept
	}
	return text
}

// warn says why the sandbox's changes are not kept, if they are not.
func (k *keptSandbox) warn(out io.Writer) {
	if k == nil {
		return
	}
	if _, problem := k.told(); problem != "" {
		_, _ = fmt.Fprintln(out, problem) // nowhere else to say it
	}
}
