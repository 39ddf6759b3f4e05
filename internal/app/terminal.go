package app

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// calling carries a call of one tool out.
type calling func(context.Context, tools.Request) tools.Answer

// converse calls a tool from the shell. At a terminal the person is asked
// there; a script gets a token for a second call instead.
func (w environment) converse(ctx context.Context, call calling, r tools.Request) tools.Answer {
	r.Asks = atTerminal(w.in) && atTerminal(w.err)
	answer := call(ctx, r)
	if answer.Question == nil {
		return answer
	}
	_, _ = fmt.Fprintf(w.err, "%s\n\nType yes to go on: ", answer.Question.Message) // without it there is no yes
	agreed := isYes(w.line(ctx))
	r.State, r.Reply = answer.Question.State, &tools.Reply{Agreed: agreed, Declined: !agreed, Typed: true}
	return call(ctx, r)
}

// isYes reads what a person typed.
func isYes(typed string) bool {
	return strings.EqualFold(typed, "yes") || strings.EqualFold(typed, "y")
}

// line is what the person types next; empty when they interrupt instead. The
// reading itself cannot be interrupted, and ends with the program.
func (w environment) line(ctx context.Context) string {
	typed := make(chan string, 1)
	go func() {
		line, err := bufio.NewReader(w.in).ReadString('\n')
		if err != nil {
			line = "" // a line that does not end was not meant
		}
		typed <- strings.TrimSpace(line)
	}()
	select {
	case line := <-typed:
		return line
	case <-ctx.Done():
		return ""
	}
}

// atTerminal reports that a person is at the other end.
func atTerminal(end any) bool {
	f, ok := end.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
