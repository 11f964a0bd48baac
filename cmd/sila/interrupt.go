package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interruptible returns a context that is done after the first interrupt; the
// second one ends the process as usual.
func (a *app) interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	if a.interrupt != nil {
		return context.WithCancel(a.interrupt)
	}
	ctx, cancel := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, cancel) // gives the signals back
	return ctx, cancel
}
