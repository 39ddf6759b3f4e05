package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

const (
	defaultSize = 20
	largestSize = 100
)

// orders are the fields a list can be sorted by.
type orders[T any] map[string]func(a, b T) int

// by sorts on one value of a row.
func by[T any, V cmp.Ordered](value func(T) V) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(value(a), value(b)) }
}

// byTime sorts on one moment of a row.
func byTime[T any](value func(T) time.Time) func(a, b T) int {
	return func(a, b T) int { return value(a).Compare(value(b)) }
}

// list answers one page of rows in the order the request asks for. Rows that compare equal keep the order they came in.
func list[T any](c *call, rows []T, fields orders[T]) (answer, error) {
	asked := c.query["sort"]
	for _, spec := range slices.Backward(asked) {
		if err := order(rows, fields, spec); err != nil {
			return answer{}, err
		}
	}
	size, page := c.size(), c.page()
	if page > len(rows)/size {
		return encoded(http.StatusOK, []T{}), nil
	}
	start := page * size
	return encoded(http.StatusOK, rows[start:min(start+size, len(rows))]), nil
}

// size is how many rows a page has.
func (c *call) size() int { return min(atLeast(c.query.Get("size"), 1, defaultSize), largestSize) }

// page is the page asked for, counted from 0.
func (c *call) page() int { return atLeast(c.query.Get("page"), 0, 0) }

func order[T any](rows []T, fields orders[T], spec string) error {
	name, direction, _ := strings.Cut(spec, ",")
	compare, ok := fields[name]
	if !ok {
		return problem(http.StatusBadRequest, "sort: no property %q to sort by", name)
	}
	switch {
	case direction == "" || strings.EqualFold(direction, "asc"):
		slices.SortStableFunc(rows, compare)
	case strings.EqualFold(direction, "desc"):
		slices.SortStableFunc(rows, func(a, b T) int { return compare(b, a) })
	default:
		return problem(http.StatusBadRequest, "sort: %q is neither asc nor desc", direction)
	}
	return nil
}

// atLeast reads a number of pages or rows. Like Spring it takes the default for whatever makes no sense.
func atLeast(value string, least, otherwise int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < least {
		return otherwise
	}
	return n
}

// dates reads the query parameters start and end, both inclusive and either empty when absent.
func (c *call) dates() (start, end books.Date, err error) {
	if start, err = c.date("start"); err != nil {
		return "", "", err
	}
	if end, err = c.date("end"); err != nil {
		return "", "", err
	}
	if start != "" && end != "" && start > end {
		return "", "", problem(http.StatusBadRequest, "start: %s is after end %s", start, end)
	}
	return start, end, nil
}

func (c *call) date(name string) (books.Date, error) {
	value := c.query.Get(name)
	if value == "" {
		return "", nil
	}
	day, err := ledger.ParseDate(value)
	if err != nil {
		return "", problem(http.StatusBadRequest, "%s: %v", name, err)
	}
	return day, nil
}

// contains compares as people search: any part, in any case.
func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}
