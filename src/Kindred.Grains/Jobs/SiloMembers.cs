namespace Kindred.Grains.Jobs;

/// <summary>The silos of the cluster, each named by address and incarnation: one that was started again is another.</summary>
internal sealed class SiloMembers(ISiloStatusOracle oracle)
{
    /// <summary>This silo.</summary>
    public string Self => oracle.SiloAddress.ToParsableString();

    /// <summary>Whether the silo still lives. One that the cluster has never heard of, or not since a restart, does not.</summary>
    public bool Has(string silo)
    {
        var address = SiloAddress.FromParsableString(silo);
        return address.Equals(oracle.SiloAddress)
            || oracle.GetApproximateSiloStatus(address) is not (SiloStatus.None or SiloStatus.Created or SiloStatus.Dead);
    }

    /// <param name="left">Hears that a silo is gone, on a thread of the membership's own: it must not wait there.</param>
    /// <returns>Ends the hearing.</returns>
    public IDisposable OnLeave(Action<string> left) => new Listener(oracle, left);

    private sealed class Listener : ISiloStatusListener, IDisposable
    {
        private readonly ISiloStatusOracle _oracle;
        private readonly Action<string> _left;

        public Listener(ISiloStatusOracle oracle, Action<string> left)
        {
            (_oracle, _left) = (oracle, left);
            oracle.SubscribeToSiloStatusEvents(this);
        }

        public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
        {
            if (status is SiloStatus.Dead && !updatedSilo.Equals(_oracle.SiloAddress)) _left(updatedSilo.ToParsableString());
        }

        public void Dispose() => _oracle.UnSubscribeFromSiloStatusEvents(this);
    }
}
