package schemas

// PageArgs says how much of a list is wanted.
type PageArgs struct {
	Limit  int    `json:"limit,omitempty" jsonschema:"maximum=200" jsonschema_description:"Default 25"`
	Cursor string `json:"cursor,omitempty" jsonschema_description:"next_cursor"`
	All    bool   `json:"all,omitempty" jsonschema_description:"All that fit"`

	// Pages is how many of Fiskl's pages are read at most; 0 means as many as
	// it takes. Models are not told of it.
	Pages int `json:"-"`

	// On says that the caller goes on with the cursor until the list ends. It
	// changes nothing but what is told of the read's progress. Models are not
	// told of it.
	On bool `json:"-"`
}

// DefaultLimit is how many rows a list holds when nothing else is asked.
const DefaultLimit = 25

// Page is a list that says whether it is the whole list.
type Page[T any] struct {
	Rows       []T    `json:"rows" jsonschema_description:"The rows, in the order Fiskl gives them"`
	Count      int    `json:"count" jsonschema_description:"Number of rows in this answer"`
	Complete   bool   `json:"complete" jsonschema_description:"True when no row of the list is missing from this answer"`
	NextCursor string `json:"next_cursor,omitempty" jsonschema_description:"Pass as cursor to go on"`
	ListNote   string `json:"list_note,omitempty" jsonschema_description:"What to read the rows with"`

	// next holds, for each row, the cursor of a page that starts after it, so
	// that an answer can be cut at any row.
	next []string

	doubts []string // why rows may be missing
}

// NewPage returns a page of rows; next holds the cursor that continues after
// each row, and more tells whether rows follow the last one, from cursor.
func NewPage[T any](rows []T, next []string, cursor string) Page[T] {
	if rows == nil {
		rows = []T{}
	}
	return Page[T]{Rows: rows, Count: len(rows), Complete: cursor == "", NextCursor: cursor, next: next}
}

// Doubt says that rows may be missing, and why.
func (p *Page[T]) Doubt(why string) {
	p.Complete = false
	p.doubts = append(p.doubts, why)
	p.Remark(why)
}

// Doubts say why rows may be missing, beside those that follow.
func (p *Page[T]) Doubts() []string { return p.doubts }

// Remark says what the rows have to be read with.
func (p *Page[T]) Remark(what string) {
	if p.ListNote != "" {
		what = p.ListNote + "; " + what
	}
	p.ListNote = what
}

// Len returns the number of rows.
func (p *Page[T]) Len() int { return len(p.Rows) }

// Cut keeps the first n rows and says so: the page is no longer complete and
// its cursor goes on after the last row kept.
func (p *Page[T]) Cut(n int) {
	if n >= len(p.Rows) || n < 1 {
		return
	}
	p.NextCursor = p.next[n-1]
	p.Rows, p.next = p.Rows[:n], p.next[:n]
	p.Count, p.Complete = n, false
}
