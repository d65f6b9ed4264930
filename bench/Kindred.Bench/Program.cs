// Speed beside a baseline, in one run on one machine. See bench/README.md.
using Kindred.Bench.Serving;
using Kindred.Bench.Training;

return args switch
{
    ["serving", .. var options] => await ServingBenchmark.RunAsync(ServingOptions.Read(options)),
    ["transformer", .. var options] => TransformerBenchmark.Run(options),
    ["bare", var url] => await BareServer.RunAsync(url),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Kindred.Bench serving [--rounds 5] [--seconds 8] [--connections 32] [--interactions FILE.csv] [--report FILE.md]");
    Console.Error.WriteLine("Kindred.Bench transformer --interactions FILE.csv[.gz] [--rounds 3] [--python python3] [--report FILE.md]");
    return 2;
}
