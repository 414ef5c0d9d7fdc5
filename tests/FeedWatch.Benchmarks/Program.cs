using BenchmarkDotNet.Running;
using FeedWatch.Benchmarks;

if (args is ["stream", var path]) StreamMeasure.Run(path);
else if (args is ["fuzz", var minutes, .. var files]) return DetectorFuzz.Run(TimeSpan.FromMinutes(double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)), files);
else BenchmarkSwitcher.FromTypes([typeof(ParsingBenchmark)]).Run(args);
return 0;
