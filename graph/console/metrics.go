package console

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics is what Prometheus may ask of a server.
type metrics struct {
	reg      *prometheus.Registry
	queries  *prometheus.CounterVec
	seconds  prometheus.Histogram
	refusals *prometheus.CounterVec
	running  prometheus.Gauge
	written  *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		reg: prometheus.NewRegistry(),
		queries: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "sila_queries_total",
			Help: "Queries by outcome: ok, wrong, time, memory, busy, left, failed."}, []string{"outcome"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "sila_query_seconds",
			Help: "Time of queries in seconds, waiting included.", Buckets: prometheus.ExponentialBuckets(0.001, 4, 9)}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "sila_refused_total",
			Help: "Requests refused for their host, origin or token."}, []string{"reason"}),
		written: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "sila_written_quads_total",
			Help: "Quads that people wrote and deleted through the console."}, []string{"what"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "sila_queries_running", Help: "Queries running or waiting."}),
	}
	m.reg.MustRegister(m.queries, m.seconds, m.refusals, m.running, m.written, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler { return promhttp.HandlerFor(m.reg, promhttp.HandlerOpts{}) }

func (m *metrics) refused(reason string) { m.refusals.WithLabelValues(reason).Inc() }

func (m *metrics) done(err error, d time.Duration) {
	var q *QueryError
	outcome := "failed"
	switch {
	case err == nil:
		outcome = "ok"
	case errors.As(err, &q):
		outcome = "wrong"
	case errors.Is(err, ErrTime), errors.Is(err, context.DeadlineExceeded):
		outcome = "time"
	case errors.Is(err, ErrMemory):
		outcome = "memory"
	case errors.Is(err, ErrBusy):
		outcome = "busy"
	case errors.Is(err, context.Canceled):
		outcome = "left"
	}
	m.queries.WithLabelValues(outcome).Inc()
	m.seconds.Observe(d.Seconds())
}
