package httpguard

import (
	"context"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// notifyPatience is how long a notification may take to be written. It bounds
// how long a caller who does not read holds up a tool.
const notifyPatience = time.Second

// Notify sends a notification on the stream of the request and returns when
// it is written. The library hands notifications to another goroutine, and
// drops the one that is under way when the handler returns; to wait for each
// keeps the last.
func Notify(ctx context.Context, method string, params map[string]any) error {
	x := from(ctx)
	if x == nil {
		return server.ServerFromContext(ctx).SendNotificationToClient(ctx, method, params)
	}
	x.notifying.Lock()
	defer x.notifying.Unlock()
	before := x.out.written()
	if err := server.ServerFromContext(ctx).SendNotificationToClient(ctx, method, params); err != nil {
		return err
	}
	x.out.await(ctx, before+1)
	return nil
}

// Acknowledge is a hook of the library's for after a subscription. To one that
// can bring no news the library says that it has begun and that it is over in
// one breath, and may drop the first like the last notification of any tool.
func Acknowledge(ctx context.Context, _ any, _ *mcp.SubscriptionsListenRequest, _ *mcp.SubscriptionsListenResult) {
	if x := from(ctx); x != nil {
		x.out.await(ctx, 1)
	}
}

// written is how many events were written.
func (w *writer) written() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.events
}

// await waits until so many events were written, or it is no use.
func (w *writer) await(ctx context.Context, events int) {
	patience := time.NewTimer(notifyPatience)
	defer patience.Stop()
	for {
		news := w.more(events)
		if news == nil {
			return
		}
		select {
		case <-news:
		case <-patience.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// more is closed when another event was written; it is nil when there are
// enough.
func (w *writer) more(events int) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.events >= events || w.over {
		return nil
	}
	if w.news == nil {
		w.news = make(chan struct{})
	}
	return w.news
}
