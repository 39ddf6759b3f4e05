package stdio

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// unknownMethod is JSON-RPC's code for a method that the other side does not
// have.
const unknownMethod = -32601

// MethodNotFound is the message of every such answer as the library sees it.
const MethodNotFound = "Method not found"

// plainly gives an answer of that code the one message, whatever words the
// client chose: the library keeps the words and drops the code.
func plainly(line []byte) []byte {
	if !bytes.Contains(line, []byte("-32601")) {
		return line
	}
	var m struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
		Error  *struct {
			Code int `json:"code"`
		} `json:"error"`
	}
	if json.Unmarshal(line, &m) != nil || m.Method != "" || m.Error == nil || m.Error.Code != unknownMethod || len(m.ID) == 0 {
		return line
	}
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%q}}`+"\n", m.ID, unknownMethod, MethodNotFound)
}
