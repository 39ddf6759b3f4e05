package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// askKey has the person paste a key, which is not shown. A script gives it as
// the first line.
func (w environment) askKey(ctx context.Context) (secret.Secret, error) {
	read := firstLine
	if f, ok := w.in.(*os.File); ok && atTerminal(f) {
		_, _ = fmt.Fprint(w.err, "Make a key in Fiskl: Settings > API & Connections > My API keys. (To sign in through the browser instead: fiskl-mcp login --oauth)\nPaste the key, which is not shown: ") // nowhere else to say it
		// The reading may outlast the command, and then f may be closed.
		terminal := int(f.Fd())
		before, err := term.GetState(terminal)
		if err != nil {
			return secret.Secret{}, fmt.Errorf("read from the terminal: %w", err)
		}
		defer func() {
			_ = term.Restore(terminal, before) // somebody who interrupts leaves it hidden otherwise
			_, _ = fmt.Fprintln(w.err)         // the line end was not shown either
		}()
		read = func(io.Reader) (string, error) {
			b, err := term.ReadPassword(terminal)
			return string(b), err
		}
	}
	type answer struct {
		text string
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		text, err := read(w.in)
		typed <- answer{text, err}
	}()
	select {
	case a := <-typed:
		key := secret.New(strings.Trim(strings.TrimSpace(a.text), `"'`))
		if key.IsZero() {
			return key, errors.Join(errors.New("no key was given"), a.err)
		}
		return key, nil
	case <-ctx.Done():
		return secret.Secret{}, errors.New("signing in was given up. Nothing was saved")
	}
}

// firstLine is what comes before the first line end, or all there is.
func firstLine(in io.Reader) (string, error) {
	const longest = 4096
	line, err := bufio.NewReader(io.LimitReader(in, longest)).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return line, err
}
