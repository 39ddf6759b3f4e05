package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// Program is one of the two: for a desk, or for a shared endpoint.
type Program struct {
	name, short string
	commands    func(environment) []*cobra.Command

	// piped runs the program that was started without a command and with a pipe
	// for its input, as a client's entry does that lacks one. It must not print
	// help to what waits for the protocol.
	piped func(*cobra.Command, environment) error
}

// Desk is the program of one person, beside their client.
func Desk() Program {
	return Program{
		name:  "fiskl-mcp",
		short: "Fiskl accounting for AI agents, through the Model Context Protocol (unofficial)",
		commands: func(w environment) []*cobra.Command {
			return []*cobra.Command{
				stdioCommand(w), callCommand(w), toolsCommand(w), sandboxCommand(w), loginCommand(w), logoutCommand(w), whoamiCommand(w),
				doctorCommand(w), journalCommand(w), installCommand(w), contractCommand(w), movedCommand(),
			}
		},
		piped: func(c *cobra.Command, w environment) error {
			_, _ = fmt.Fprintln(w.err, "fiskl-mcp: started without a command and with a pipe for input: it serves as fiskl-mcp stdio does; --help lists the commands")
			return serveConfigured(c, w)
		},
	}
}

// NewObserver makes what counts, times and traces the requests of a shared
// endpoint. Its errors are about the settings in the environment.
type NewObserver func(ctx context.Context, o observe.Options) (observe.Observer, error)

// Server is the program that serves many people. What observes it is given, so
// that the other program does not carry it.
func Server(observer NewObserver) Program {
	return Program{
		name:  "fiskl-mcp-server",
		short: "Fiskl accounting for the AI agents of many people, over streamable HTTP (unofficial)",
		commands: func(w environment) []*cobra.Command {
			return []*cobra.Command{httpCommand(w, observer), journalCommand(w)}
		},
		piped: func(*cobra.Command, environment) error {
			return usageError{errors.New("a command is missing: fiskl-mcp-server http serves over HTTP; a client that starts its server wants fiskl-mcp stdio, which is another program")}
		},
	}
}

// movedCommand says where the shared endpoint went.
func movedCommand() *cobra.Command {
	return &cobra.Command{
		Use:                "http",
		Hidden:             true,
		DisableFlagParsing: true,
		Args:               cobra.ArbitraryArgs,
		RunE: func(*cobra.Command, []string) error {
			return usageError{errors.New("the shared endpoint is a program of its own: run fiskl-mcp-server http, with the same settings and flags")}
		},
	}
}

// onPipe reports that another program waits at both ends, and no person.
func onPipe(w environment) bool {
	in, ok := w.in.(*os.File)
	if !ok || atTerminal(w.out) {
		return false
	}
	what, err := in.Stat()
	return err == nil && what.Mode()&(fs.ModeNamedPipe|fs.ModeSocket) != 0
}
