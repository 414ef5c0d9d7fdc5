using BenchmarkDotNet.Running;
using FeedWatch.Benchmarks;

if (args is ["stream", var path]) StreamMeasure.Run(path);
else BenchmarkSwitcher.FromTypes([typeof(ParsingBenchmark)]).Run(args);
