// Speed beside a baseline, in one run on one machine. See bench/README.md.
using Kindred.Bench.Batches;
using Kindred.Bench.Door;
using Kindred.Bench.Imports;
using Kindred.Bench.Kernels;
using Kindred.Bench.Load;
using Kindred.Bench.Portal;
using Kindred.Bench.Ranking;
using Kindred.Bench.Serving;
using Kindred.Bench.Training;

return args switch
{
    ["serving", .. var options] => await ServingBenchmark.RunAsync(ServingOptions.Read(options)),
    ["load", .. var options] => await LoadBenchmark.RunAsync(LoadOptions.Read(options)),
    ["pipeline", .. var options] => PipelineBenchmark.Run(options),
    ["pass", .. var options] => PassBenchmark.Run(options),
    ["score", .. var options] => ScoreBenchmark.Run(options),
    ["transformer", .. var options] => TransformerBenchmark.Run(options),
    ["scan", .. var options] => ScanBenchmark.Run(options),
    ["neighbours", .. var options] => NeighboursBenchmark.Run(options),
    ["kernels", .. var options] => KernelsBenchmark.Run(KernelsOptions.Read(options)),
    ["factors", .. var options] => FactorsBenchmark.Run(options),
    ["start", .. var options] => await StartBenchmark.RunAsync(options),
    ["batch", .. var options] => await BatchBenchmark.RunAsync(options),
    ["door", .. var options] => await DoorBenchmark.RunAsync(options),
    ["import", .. var options] => await ImportBenchmark.RunAsync(options),
    ["circuits", .. var options] => await CircuitsBenchmark.RunAsync(options),
    ["filter", .. var options] => await FilterBenchmark.RunAsync(options),
    ["bare", var url] => await BareServer.RunAsync(url),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Kindred.Bench serving [--rounds 5] [--seconds 8] [--connections 32] [--interactions FILE.csv] [--data FOLDER] "
        + "[--host LABEL=Kindred.Host.dll]... [--exporting-host LABEL=Kindred.Host.dll]... [--report FILE.md]");
    Console.Error.WriteLine(LoadOptions.Usage);
    Console.Error.WriteLine("Kindred.Bench pipeline [--report FILE.md]");
    Console.Error.WriteLine("Kindred.Bench pass [--rounds 5] [--python python3] [--report FILE.md]");
    Console.Error.WriteLine(ScoreBenchmark.Usage);
    Console.Error.WriteLine("Kindred.Bench transformer --interactions FILE.csv[.gz] [--rounds 3] [--python python3] [--report FILE.md]");
    Console.Error.WriteLine("Kindred.Bench scan [--items 1000000] [--dimensions 64] [--rounds 3] [--without-lists] [--python python3] [--report FILE.md]");
    Console.Error.WriteLine("Kindred.Bench neighbours [--interactions 20000000] [--items 20000] [--recipe kindred-item-knn] [--report FILE.md]");
    Console.Error.WriteLine(KernelsOptions.Usage);
    Console.Error.WriteLine("Kindred.Bench factors --interactions FILE.csv[.gz] [--rounds 3] [--python /usr/bin/python3] [--report FILE.md]");
    Console.Error.WriteLine(FilterBenchmark.Usage);
    Console.Error.WriteLine(StartBenchmark.Usage);
    Console.Error.WriteLine(BatchBenchmark.Usage);
    Console.Error.WriteLine(DoorBenchmark.Usage);
    Console.Error.WriteLine(ImportBenchmark.Usage);
    Console.Error.WriteLine("Kindred.Bench circuits [--circuits 200] [--seconds 30] [--data FOLDER] [--host Kindred.Host.dll] [--report FILE.md]");
    return 2;
}
