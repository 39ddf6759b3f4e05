package stdio_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

// TestRecode finds that an error keeps the code that its handler chose, that of
// its own request and no other.
func TestRecode(t *testing.T) {
	t.Parallel()
	const (
		failed = `{"jsonrpc":"2.0","id":%s,"error":{"code":-32603,"message":"broken"}}` + "\n"
		meant  = `{"jsonrpc":"2.0","id":%s,"error":{"code":-32602,"message":"broken","data":{"a":1}}}` + "\n"
		result = `{"jsonrpc":"2.0","id":%s,"result":{}}` + "\n"
	)
	for name, c := range map[string]struct {
		asked any // the id that the failure is of
		id    string
		says  string
		want  string
	}{
		"its own":            {float64(7), "7", failed, meant},
		"by text":            {"a", `"a"`, failed, meant},
		"a text of digits":   {float64(7), `"7"`, failed, failed},
		"another's":          {float64(8), "7", failed, failed},
		"no error after all": {float64(7), "7", result, result},
		"a notification":     {nil, "7", failed, failed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			listen := func(ctx context.Context, in io.Reader, out io.Writer) error {
				lines := bufio.NewScanner(in)
				for lines.Scan() {
					stdio.Recode(ctx, c.asked, -32602, map[string]int{"a": 1})
					if n, err := fmt.Fprintf(out, c.says, c.id); err != nil || n != len(c.says)+len(c.id)-2 {
						t.Errorf("wrote %d, %v", n, err)
					}
				}
				return lines.Err()
			}
			var out bytes.Buffer
			asks := `{"jsonrpc":"2.0","id":` + c.id + `,"method":"prompts/get"}` + "\n"
			if err := stdio.Serve(t.Context(), strings.NewReader(asks), &out, listen); err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf(c.want, c.id); out.String() != want {
				t.Errorf("got %s, want %s", out.String(), want)
			}
		})
	}
}

// TestRecodeAlone finds that it does no harm where nothing is served.
func TestRecodeAlone(t *testing.T) {
	t.Parallel()
	stdio.Recode(t.Context(), float64(7), -32602, nil)
}

// TestRecodeForgotten finds that the failure of a request that was answered does
// not wait for the next one with its id.
func TestRecodeForgotten(t *testing.T) {
	t.Parallel()
	listen := func(ctx context.Context, in io.Reader, out io.Writer) error {
		first := true
		for lines := bufio.NewScanner(in); lines.Scan(); first = false {
			if first {
				stdio.Recode(ctx, float64(7), -32602, nil)
			}
			if _, err := io.WriteString(out, `{"jsonrpc":"2.0","id":7,"error":{"code":-32603,"message":"broken"}}`+"\n"); err != nil {
				return err
			}
		}
		return nil
	}
	var out bytes.Buffer
	if err := stdio.Serve(t.Context(), strings.NewReader(request+request), &out, listen); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Count(got, "-32602") != 1 || strings.Count(got, "-32603") != 1 {
		t.Errorf("got %s", got)
	}
}
