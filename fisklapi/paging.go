package fisklapi

import (
	"net/url"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// paging is what was learned of how this API pages its lists. Fiskl documents
// zero-based pages of the size that is asked for, of which a short one is the
// last; what it answers is believed instead.
type paging struct {
	mu     sync.Mutex
	first  map[Operation]int // number of the first page; lists differ in it
	size   int               // rows that a page really holds; 0 means what is asked for
	proven bool              // a page of the size that was asked for has been seen
	whole  map[Operation]shortList
	facts  map[fact]bool
	long   map[string]int // rows that a list had when it was last read to its end
}

// shortList is a short first page behind which nothing came.
type shortList struct {
	rows  int       // the most rows of such a page
	at    time.Time // when it was last looked behind it
	doubt string    // why the list may go on all the same
}

// fact is something that was found out about a list, once.
type fact struct {
	op   Operation
	what string
}

func (p *paging) layout(op Operation, d *dialect.Dialect) (first, size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	first, size = p.first[op], pageSize
	if d != nil && d.Pages.Largest > 0 {
		size = min(size, d.Pages.Largest)
	}
	if p.size > 0 {
		size = min(size, p.size)
	}
	return first, size
}

// learnFirst notes that pages count from one. A dialect that says so is not
// believed for a list before it was tried: where it counts from zero, its first
// page would be left out.
func (p *paging) learnFirst(op Operation) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.first == nil {
		p.first = make(map[Operation]int)
	}
	p.first[op] = 1
}

// learnSize notes how many rows a page really holds; 0 tells nothing.
func (p *paging) learnSize(rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if rows > 0 {
		p.size = rows
	}
}

func (p *paging) prove() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.proven = true
}

// ends reports that a short first page is known to be the whole list: a page
// of the size that was asked for has come before, or a longer list than this
// one was whole.
func (p *paging) ends(op Operation, rows int, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	short, seen := p.whole[op]
	// A round number of rows may be where the server cuts its pages, and the
	// list may have grown beyond it since.
	sure := rows%roundRows != 0 || now.Sub(short.at) < sureFor
	return p.proven || seen && (rows < short.rows || rows == short.rows && sure)
}

// sureFor is how long a round number of rows is taken for a whole list after it
// was looked behind it.
const sureFor = time.Minute

// doubt is why a short first page of so many rows may not be the whole list.
func (p *paging) doubt(op Operation, rows int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if short := p.whole[op]; short.rows == rows {
		return short.doubt
	}
	return ""
}

func (p *paging) learnWhole(op Operation, rows int, now time.Time, doubt string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.whole == nil {
		p.whole = make(map[Operation]shortList)
	}
	p.whole[op] = shortList{max(p.whole[op].rows, rows), now, doubt}
}

// fact looks up what was found out about a list.
func (p *paging) fact(op Operation, what string) (value, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	value, known = p.facts[fact{op, what}]
	return value, known
}

func (p *paging) learn(op Operation, what string, value bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.facts == nil {
		p.facts = make(map[fact]bool)
	}
	p.facts[fact{op, what}] = value
}

// maxLengths bounds what is remembered of how long lists are.
const maxLengths = 256

// length is how many rows a query had when it was last read to its end; 0 where
// that is not known. It says what is worth asking for, and nothing else.
func (p *paging) length(op Operation, query url.Values) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.long[string(op)+"?"+query.Encode()]
}

func (p *paging) learnLength(op Operation, query url.Values, rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.long == nil || len(p.long) >= maxLengths {
		p.long = make(map[string]int)
	}
	p.long[string(op)+"?"+query.Encode()] = rows
}

// unproven reports that it is not known of a list whether a short page is its
// last.
func (p *paging) unproven(op Operation) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, seen := p.whole[op]
	return !p.proven && !seen
}
