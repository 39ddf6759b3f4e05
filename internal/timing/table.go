package timing

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// row is what became of a request.
type row struct {
	name, status string
	reused       bool
	began, ended time.Duration // since the call began

	// The parts of the time between; negative where there was none.
	turn, connection, first, rest time.Duration
}

// WriteTo writes a table with a row for each request, in the order in which they
// began, and what all of them come to. Times are in milliseconds.
func (r *Recorder) WriteTo(w io.Writer) (int64, error) {
	rows, wall := r.rows()
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	if len(rows) > 0 {
		_, _ = fmt.Fprintln(t, "#\tBEGAN\tAFTER\tTURN\tCONNECTION\tFIRST BYTE\tREST\tTOTAL\tREQUEST\tSTATUS") // into memory
	}
	for i, q := range rows {
		_, _ = fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", i+1, ms(q.began), after(rows[:i], q), ms(q.turn), q.connected(),
			ms(q.first), ms(q.rest), ms(q.ended-q.began), q.name, q.status)
	}
	_ = t.Flush() // into memory
	noun := "requests"
	if len(rows) == 1 {
		noun = "request"
	}
	fmt.Fprintf(&b, "%d %s, %d in sequence, %s ms in all\n", len(rows), noun, inSequence(rows), ms(wall))
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// rows are the requests in the order in which they began, and how long the call
// took. What has not ended ends here.
func (r *Recorder) rows() (rows []*row, wall time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	end := r.ended
	if end.IsZero() {
		end = time.Now()
	}
	for _, q := range r.requests {
		rows = append(rows, q.row(r.begun, end))
	}
	slices.SortStableFunc(rows, func(a, b *row) int { return cmp.Compare(a.began, b.began) })
	return rows, end.Sub(r.begun)
}

func (q *request) row(begun, end time.Time) *row {
	q.mu.Lock()
	defer q.mu.Unlock()
	over := q.ended
	if over.IsZero() {
		over = end
	}
	made := &row{
		name: q.method + " " + cmp.Or(string(q.operation), "other"), status: "no answer", reused: q.reused,
		began: q.queued.Sub(begun), ended: over.Sub(begun),
		turn: q.sent.Sub(q.queued), connection: between(q.sent, q.connected),
		first: between(later(q.sent, q.connected), q.answered), rest: between(q.answered, over),
	}
	if q.attempt > 1 {
		made.name += fmt.Sprintf(" (attempt %d)", q.attempt)
	}
	switch {
	case q.status > 0:
		made.status = strconv.Itoa(q.status)
	case q.givenUp: // a page that was asked for ahead and not needed, or the call was interrupted
		made.status = "given up"
	}
	return made
}

// between is negative where one of the moments did not come.
func between(from, to time.Time) time.Duration {
	if from.IsZero() || to.IsZero() {
		return -1
	}
	return max(0, to.Sub(from))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// connected is how long a request waited for a connection.
func (q *row) connected() string {
	switch {
	case q.reused && q.connection < time.Millisecond:
		return "reused"
	case q.reused:
		return ms(q.connection) + " (reused)"
	default:
		return ms(q.connection)
	}
}

// after is the number of the request that ended last before this one began: what
// it waited for, if it waited for any.
func after(earlier []*row, q *row) string {
	last := -1
	for i, r := range earlier {
		if r.ended <= q.began && (last < 0 || r.ended > earlier[last].ended) {
			last = i
		}
	}
	if last < 0 {
		return "-"
	}
	return strconv.Itoa(last + 1)
}

// inSequence is how many requests the longest chain has of which each began when
// the one before had ended.
func inSequence(rows []*row) int {
	byEnd := slices.Clone(rows)
	slices.SortFunc(byEnd, func(a, b *row) int { return cmp.Compare(a.ended, b.ended) })
	chain, free := 0, time.Duration(-1)
	for _, q := range byEnd {
		if q.began >= free {
			chain, free = chain+1, q.ended
		}
	}
	return chain
}

// ms writes a time in milliseconds.
func ms(d time.Duration) string {
	if d < 0 {
		return "-"
	}
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 1, 64)
}
