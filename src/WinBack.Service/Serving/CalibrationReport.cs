using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Models;

namespace WinBack.Service.Serving;

/// <summary>What outcomes say of a model, as the API shows it.</summary>
internal static class CalibrationReport
{
    internal static V1.CalibrationReading Of(string model, string version, OutcomeCalibration found, DateTimeOffset now)
    {
        var reading = new V1.CalibrationReading
        {
            Model = model,
            Version = version,
            MeasureTime = now.ToTimestamp(),
            Rows = found.Rows,
            Drifting = found.IsDrifting,
            Source = V1.CalibrationReading.Types.Source.Outcomes,
            Waiting = found.Waiting,
            RowsNeeded = OutcomeCalibration.LeastRows,
        };
        if (found.Drift is { } drift)
        {
            reading.MeanPrediction = drift.MeanPrediction;
            reading.ObservedRate = drift.ObservedRate;
            reading.CalibrationError = drift.CalibrationError;
            reading.Statistic = drift.Statistic;
            reading.Threshold = drift.Threshold;
            if (!double.IsNaN(drift.ReferenceError)) reading.ReferenceError = drift.ReferenceError;
        }

        if (found.Contacts is { } contacts)
            reading.Contacts = new V1.CalibrationContacts
            {
                Rows = contacts.Rows, MeanPrediction = contacts.MeanPrediction, ObservedRate = contacts.ObservedRate,
            };
        return reading;
    }
}
