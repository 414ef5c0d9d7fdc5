using BenchmarkDotNet.Running;
using FeedWatch.Benchmarks;

BenchmarkSwitcher.FromTypes([typeof(ParsingBenchmark)]).Run(args);
