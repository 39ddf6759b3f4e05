package contract

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// align brings a published document into the form of ours where the two may say
// the same in different words: the path of the server, `*/*` for JSON, the
// status of a success, a list within a page. What the client cannot tell apart
// either is no difference; what it can is said.
func (c *Contract) align(published *Contract) []Difference {
	published.lead()
	var said []Difference
	for path, item := range published.doc.Paths.Map() {
		our := c.doc.Paths.Find(path)
		for method, o := range item.Operations() {
			plainJSON(o)
			if our == nil || our.GetOperation(method) == nil {
				continue
			}
			at := Difference{Method: method, Path: path, Operation: our.GetOperation(method).OperationID}
			said = append(said, at.success(our.GetOperation(method), o)...)
			said = append(said, at.page(our.GetOperation(method), o)...)
		}
	}
	return said
}

// lead puts the path of the server, such as /v1, before the paths that lack it.
func (c *Contract) lead() {
	if len(c.doc.Servers) == 0 || c.doc.Servers[0] == nil {
		return
	}
	server, err := url.Parse(c.doc.Servers[0].URL)
	prefix := ""
	if err == nil {
		prefix = strings.TrimSuffix(server.Path, "/")
	}
	for path, item := range c.doc.Paths.Map() {
		if prefix != "" && !strings.HasPrefix(path, prefix+"/") {
			c.doc.Paths.Delete(path)
			c.doc.Paths.Set(prefix+path, item)
		}
	}
}

// plainJSON gives bodies of every kind of JSON, or of any kind at all, the plain
// name.
func plainJSON(o *openapi3.Operation) {
	for _, content := range bodies(o) {
		for kind, m := range content {
			if content[plainKind] == nil && isJSON(kind) {
				delete(content, kind)
				content[plainKind] = m
			}
		}
	}
}

const plainKind = "application/json"

// isJSON reports a kind of content that is JSON or may be.
func isJSON(kind string) bool {
	bare, _, _ := strings.Cut(kind, ";")
	return slices.Contains([]string{"*/*", "application/*", plainKind}, bare) || strings.HasSuffix(bare, "+json")
}

// bodies are what an operation takes and answers.
func bodies(o *openapi3.Operation) []openapi3.Content {
	var all []openapi3.Content
	if o.RequestBody != nil && o.RequestBody.Value != nil {
		all = append(all, o.RequestBody.Value.Content)
	}
	for _, r := range o.Responses.Map() {
		if r.Value != nil {
			all = append(all, r.Value.Content)
		}
	}
	return all
}

// success gives the one success of an operation our status.
func (d Difference) success(ours, theirs *openapi3.Operation) []Difference {
	mine, published := successes(ours), successes(theirs)
	if len(mine) == 0 || len(published) != 1 || slices.Contains(mine, published[0]) {
		return nil
	}
	theirs.Responses.Set(mine[0], theirs.Responses.Value(published[0]))
	theirs.Responses.Delete(published[0])
	return []Difference{d.saying("a success has status %s there, %s here", published[0], mine[0])}
}

// successes are the statuses of success, the usual one first.
func successes(o *openapi3.Operation) []string {
	var all []string
	for status := range o.Responses.Map() {
		if n, err := strconv.Atoi(status); err == nil && n < http.StatusMultipleChoices {
			all = append(all, status)
		}
	}
	slices.Sort(all)
	if slices.Contains(all, "201") {
		return append([]string{"201"}, slices.DeleteFunc(all, func(s string) bool { return s == "201" })...)
	}
	return all
}

// page takes a list out of the page that it comes in.
func (d Difference) page(ours, theirs *openapi3.Operation) []Difference {
	mine, published := body(ours), body(theirs)
	if mine == nil || published == nil || !shapeOf(mine.Value).isList() {
		return nil
	}
	wrapper := shapeOf(published.Value)
	for _, name := range []string{"content", "items", "data", "results"} {
		if list := wrapper.fields[name]; list != nil && shapeOf(list).isList() {
			published.Ref, published.Value = "", list
			return []Difference{d.saying("the list comes wrapped in %s there", name)}
		}
	}
	return nil
}

// body is the form of what a success answers.
func body(o *openapi3.Operation) *openapi3.SchemaRef {
	for _, status := range successes(o) {
		r := o.Responses.Value(status)
		if r.Value == nil || r.Value.Content[plainKind] == nil {
			continue
		}
		if s := r.Value.Content[plainKind].Schema; s != nil && s.Value != nil {
			return s
		}
	}
	return nil
}
