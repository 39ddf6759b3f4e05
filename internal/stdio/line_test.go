package stdio_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

// TestLongLine finds that a line which is too long is answered by its id,
// wherever in it the id stands, and that the conversation goes on.
func TestLongLine(t *testing.T) {
	t.Parallel()
	nine, two := strings.Repeat("a", 9<<20), strings.Repeat("a", 2<<20)
	const refused = `{"jsonrpc":"2.0","id":ID,"error":{"code":-32600,"message":"the message is larger than 1048576 bytes and was not read"}}` + "\n"
	as := func(id string) string { return strings.Replace(refused, "ID", id, 1) }
	for name, c := range map[string]struct {
		line string
		want string // comes out for it
		told string // to the library instead of it
	}{
		"a request":               {`{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"a":"` + nine + `"}}`, as("5"), ""},
		"with its id at the end":  {`{"method":"tools/call","params":{"a":"` + two + `","id":1,"b":[{"id":2}]},"jsonrpc":"2.0","id":"six"}`, as(`"six"`), ""},
		"with space around":       {`  { "params" : {"a":"` + two + `"} , "id" : 5 , "method" : "ping" } `, as("5"), ""},
		"with quotes in a string": {`{"params":{"a":"\",\"id\":1,\\","b":"` + two + `"},"id":5,"method":"ping"}`, as("5"), ""},
		"a reply to a question":   {`{"jsonrpc":"2.0","id":9,"result":{"content":"` + two + `"}}`, reply, as("9")}, // this library answers all
		"a notification":          {`{"jsonrpc":"2.0","method":"notifications/progress","params":{"a":"` + two + `"}}`, "", ""},
		"two ids":                 {`{"id":1,"id":2,"method":"ping","params":"` + two + `"}`, "", ""},
		"an id that is no id":     {`{"id":{"id":1},"params":"` + two + `"}`, as("null"), ""},
		"an id without an end":    {`{"id":"` + two + `"}`, as("null"), ""},
		"a batch":                 {`[{"id":1,"method":"ping","params":"` + two + `"}]`, as("null"), ""},
		"no message":              {two, as("null"), ""},
		"nothing but space":       {strings.Repeat(" ", 2<<20), as("null"), ""},
		"the longest that passes": {`{"method":"` + strings.Repeat("a", stdio.MaxLine-13) + `"}`, "", `{"method":"` + strings.Repeat("a", stdio.MaxLine-13) + `"}` + "\n"},
		"one byte more":           {`{"result":"` + strings.Repeat("a", stdio.MaxLine-12) + `"}`, as("null"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for end, lines := range map[string]string{"a request after it": c.line + "\n" + request, "the end after it": request + c.line} {
				synctest.Test(t, func(t *testing.T) {
					var out bytes.Buffer
					l := &library{took: soon, says: reply}
					if err := stdio.Serve(t.Context(), settled{strings.NewReader(lines)}, &out, l.listen); err != nil {
						t.Error(err)
					}
					if got := out.String(); got != c.want+reply && got != reply+c.want {
						t.Errorf("%s: out came %.300q, want %q", end, got, c.want)
					}
					if got := strings.Replace(strings.Join(l.lines, ""), request, "", 1); got != c.told {
						t.Errorf("%s: the library got %.300q, want %.300q", end, got, c.told)
					}
				})
			}
		})
	}
}

// deaf is an output that nobody reads any more.
type deaf struct{}

func (deaf) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// TestOutputEnds finds that the conversation ends with the output, though the
// input stays open, and that what is running is finished.
func TestOutputEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		in, feed := io.Pipe()
		l := &library{took: soon, says: reply}
		go func() { _, _ = io.WriteString(feed, request+other) }()
		if err := stdio.Serve(t.Context(), in, deaf{}, l.listen); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("got %v", err)
		}
		_ = feed.Close()
	})
}
